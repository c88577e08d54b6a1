import { Button } from '@mantine/core';
import { IconGitCommit, IconPlayerPlay, IconPlayerStop, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { FormAlert } from '../../../ui/form-alert';
import { notifyUndo } from '../../../ui/notify-undo';
import type { EditedDraft } from '../editor/drafts/use-prompt-draft';
import { sameContent, type PromptDraft } from '../editor/prompt-draft';
import type { PromptPage } from '../prompt-page';
import { columnsOf, draftSource, mostColumns, withColumns, type Column } from './columns';
import { EarlierRuns } from './earlier-runs';
import classes from './playground.module.css';
import { PlaygroundDraft } from './playground-draft';
import type { ColumnRun } from './playground-runs';
import { PlaygroundValues } from './playground-values';
import { RunColumn } from './run-column';
import { valueProblemsOf } from './run-state';
import { useSources } from './use-sources';
import { keepValues, loadValues, unitedVariables, valuesFor, type Values } from './values';

/** Values at the left, and up to four answers to them side by side. What is run where stands in the address. */
export function Playground({ page, edited }: { page: PromptPage; edited: EditedDraft }) {
  const { prompt, runs } = page;
  const mayRun = usePermissions()('prompt:run');
  const [params, setParams] = useSearchParams();
  const columns = useMemo(() => (params.has('run') ? undefined : runs.columns) ?? columnsOf(params), [params, runs]);
  const [values, setValues] = useState<Values>(() => loadValues(prompt.id));
  const { sources, sourceChoices, modelChoices, messages, analysis, draftVariables, error } = useSources(prompt, edited);
  const states = useSyncExternalStore(runs.subscribe, runs.current);
  const problems = useValueProblems(columns.map((_column, index) => states.get(keyOf(index))));
  useEffect(() => keepValues(prompt.id, values), [prompt.id, values]);
  useEffect(() => runs.show(columns), [runs, columns]);

  const setColumns = (next: readonly Column[]) => setParams((current) => withColumns(current, next), { replace: true, preventScrollReset: true });
  const run = (index: number) => {
    const column = columns[index];
    const source = column && sources.get(column.source);
    if (!column || !source) return;
    const { draft } = edited;
    const model = column.model || source.model;
    const ran = column.source === draftSource ? { ...draft, messages, settings: { ...draft.settings, model } } : undefined;
    runs.start(keyOf(index), { source: source.input, model: column.model || null, values: valuesFor(source.variables, values) }, ran);
  };
  const runAll = () => columns.forEach((_column, index) => run(index));
  const remove = (index: number) => {
    // The columns after it take the places, and with them the keys, of those before.
    for (let place = index; place < columns.length; place++) runs.clear(keyOf(place));
    setColumns(columns.toSpliced(index, 1));
  };
  const add = () => {
    const last = columns.at(-1) ?? { source: draftSource, model: '' };
    const used = columns.map(({ source, model }) => model || sources.get(source)?.model);
    setColumns([...columns, { source: last.source, model: modelChoices.find(({ value }) => !used.includes(value))?.value ?? last.model }]);
  };

  const commit = (tried: PromptDraft) => {
    const { draft } = edited;
    // The draft takes over the model that was tried: the other columns stay at the one that they had.
    setColumns(columns.map((each) => (each.source === draftSource && each.model === '' ? { ...each, model: draft.settings.model } : each)));
    edited.change(() => tried);
    if (!sameContent({ ...draft, messages, settings: { ...draft.settings, model: tried.settings.model } }, tried)) {
      notifyUndo('The draft is what you ran. What you wrote since is set aside.', () => edited.change(() => draft), <IconGitCommit size={16} />);
    }
    if (!page.message.trim() || page.message.startsWith(suggestion)) page.onMessageChange(`${suggestion}${tried.settings.model}`);
    page.openCommit();
  };

  const anyRunning = [...states.values()].some(({ state }) => state.phase === 'running');
  const asked = unitedVariables(columns.map(({ source }) => sources.get(source)?.variables ?? []));
  return (
    <div
      className={classes.playground}
      data-columns={columns.length}
      onKeyDown={(event) => {
        if (!mayRun || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        runAll();
      }}
    >
      <PlaygroundValues asked={asked} values={values} problems={problems} onValues={setValues} />
      <div className={classes.main}>
        <FormAlert>{error && `The versions could not be loaded. ${problemOf(error).message}`}</FormAlert>
        <div className={classes.toolbar}>
          <Button leftSection={<IconPlayerPlay size={16} />} onClick={runAll} disabled={!mayRun} title={mayRun ? 'Ctrl or ⌘ Enter' : mayNotRun}>{columns.length > 1 ? `Run all ${columns.length}` : 'Run'}</Button>
          {anyRunning && (
            <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={() => runs.cancelAll()}>Cancel all</Button>
          )}
          {columns.length < mostColumns && <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>Compare with another</Button>}
          <EarlierRuns promptId={prompt.id} onUseValues={setValues} />
          <p className={classes.hint}>{mayRun ? `Ctrl or ⌘ Enter runs. Up to ${mostColumns} side by side.` : mayNotRun}</p>
        </div>
        <div className={classes.columns}>
          {columns.map((column, index) => {
            const { state, tried } = runs.of(keyOf(index));
            return (
              <RunColumn
                key={keyOf(index)}
                name={`Column ${index + 1}`}
                column={column}
                state={state}
                sources={sourceChoices}
                models={modelChoices}
                ownModel={sources.get(column.source)?.model}
                onChange={(next) => setColumns(columns.with(index, next))}
                onRun={mayRun ? () => run(index) : undefined}
                onCancel={() => runs.cancel(keyOf(index))}
                onRemove={columns.length > 1 ? () => remove(index) : undefined}
                onCommit={tried && page.mayEdit && state.phase === 'ended' && state.run.status === 'COMPLETED' ? () => commit(tried) : undefined}
              />
            );
          })}
        </div>
      </div>
      <PlaygroundDraft
        promptId={prompt.id}
        isChat={prompt.kind === 'CHAT'}
        edited={edited}
        readOnly={!page.mayEdit}
        messages={messages}
        analysis={analysis}
        draftVariables={draftVariables}
      />
    </div>
  );
}

/** By variable, what was refused of the values; the same object while nothing of it changes. */
function useValueProblems(runs: readonly (ColumnRun | undefined)[]): ReadonlyMap<string, string> {
  const found = new Map(runs.flatMap((run) => (run ? [...valueProblemsOf(run.state)] : [])));
  const [shown, setShown] = useState(found);
  if (sameEntries(shown, found)) return shown;
  setShown(found);
  return found;
}

const sameEntries = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);

/** The message of a version that came out of the playground, until somebody finds a better one. */
const suggestion = 'As tried in the playground with ';

const mayNotRun = 'Your role in this workspace lets you read prompts, not run them.';

const keyOf = (index: number): string => `column-${index + 1}`;
