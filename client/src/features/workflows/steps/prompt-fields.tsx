import { useQuery } from '@apollo/client/react';
import { Anchor, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'react-router';
import * as z from 'zod/mini';
import { problemOf } from '../../../api/api-errors';
import { formatCount } from '../../../ui/format';
import { SimulatedMark } from '../../../ui/simulated-mark';
import { modelsDocument, promptsDocument } from '../../prompts/prompt.operations';
import { changeSettings, takeVariables, type DraftStep } from '../draft';
import { fieldId, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { SourceSelect } from '../source-select';
import { promptOfStepDocument } from '../workflow.operations';
import { RowsProblem } from './named-values';
import { textSetting } from './step-rules';

const modelSchema = z.looseObject({ model: z.string() });

const promptIdOf = ({ settings }: DraftStep): string => textSetting(settings, 'promptId');

function modelOf({ settings }: DraftStep) {
  const model = modelSchema.safeParse(settings.model);
  return model.success ? model.data : null;
}

/** Which prompt a step runs, on which model, and what its variables are filled with. */
export function PromptFields({ step }: { step: DraftStep }) {
  const prompt = usePromptOf(step);
  return (
    <>
      <div className={classes.columns}>
        <div>
          <PromptSelect step={step} chosen={prompt.found} problem={prompt.problem} />
          {prompt.found && (
            <p className={classes.below}>
              Version <span className="tabular">{prompt.found.head.version}</span>, {formatCount(prompt.found.head.variables.length, 'variable')}.{' '}
              <Anchor component={Link} to={`/prompts/${prompt.found.id}`} target="_blank" rel="noreferrer" inherit underline="always">
                Open the prompt<IconExternalLink size={12} style={{ marginLeft: 4 }} aria-label=", in a new tab" />
              </Anchor>
            </p>
          )}
        </div>
        <ModelSelect step={step} promptModel={prompt.found?.head.settings.model} />
      </div>
      {promptIdOf(step) && (
        <div role="group" aria-label="Variables" id={fieldId(`steps.${step.id}.rows`)} tabIndex={-1}>
          <h3 className={classes.cardTitle}>Variables</h3>
          <RowsProblem step={step} />
          {step.rows.map((row) => (
            <div key={row.id} className={classes.row}>
              <code className={classes.variable} title={row.name}>{row.name}</code>
              <SourceSelect step={step} row={row} />
            </div>
          ))}
          {prompt.found && step.rows.length === 0 && <p className={classes.nothing}>This prompt has no variables, so it is the same each time.</p>}
        </div>
      )}
    </>
  );
}

function usePromptOf(step: DraftStep) {
  const { change } = useEditor();
  const promptId = promptIdOf(step);
  const { data, error, refetch } = useQuery(promptOfStepDocument, { variables: { id: promptId }, skip: !promptId });
  const found = data?.prompt.id === promptId ? data?.prompt : undefined;
  const variables = found?.head.variables.map(({ name }) => name);

  const take = useEffectEvent((names: readonly string[]) => change((draft) => takeVariables(draft, step.id, names)));
  const joined = variables?.join('\n');
  useEffect(() => {
    if (joined !== undefined) take(joined === '' ? [] : joined.split('\n'));
  }, [joined]);

  // The prompt is opened in another tab; what was changed there counts as soon as one is back.
  const refresh = useEffectEvent(() => {
    if (promptId) void refetch().catch(() => undefined);
  });
  useEffect(() => {
    const listen = () => refresh();
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, []);
  return { found, problem: error && promptId ? lostPrompt(error) : undefined };
}

function lostPrompt(error: unknown): string {
  const { code, message } = problemOf(error);
  return code === 'NOT_FOUND' ? 'This prompt is not there any more. Choose another one.' : message;
}

interface PromptSelectProps {
  step: DraftStep;
  chosen: { id: string; name: string } | undefined;
  problem: string | undefined;
}

function PromptSelect({ step, chosen, problem }: PromptSelectProps) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.prompt`;
  const field = useField(anchor);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed.trim(), 200);
  const { data, previousData } = useQuery(promptsDocument, { variables: { first: 50, search: search || null } });
  const offered = ((data ?? previousData)?.prompts.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }));
  const choices = chosen && !offered.some(({ value }) => value === chosen.id) ? [{ value: chosen.id, label: chosen.name }, ...offered] : offered;
  return (
    <Select
      {...field}
      label="Prompt"
      placeholder="Choose from the library"
      searchable
      // The server searches; what it returns is all that is to be shown.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      data={choices}
      value={promptIdOf(step) || null}
      allowDeselect={false}
      error={field.error ?? problem}
      nothingFoundMessage={search ? 'No prompt has this in its name' : <>No prompts yet. <Anchor component={Link} to="/prompts/new" target="_blank" inherit>Write the first one</Anchor></>}
      onChange={(promptId) => promptId && change((draft) => changeSettings(draft, step.id, { promptId }), anchor)}
    />
  );
}

function ModelSelect({ step, promptModel }: { step: DraftStep; promptModel: string | undefined }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.model`;
  const field = useField(anchor);
  const { data } = useQuery(modelsDocument);
  const models = data?.models ?? [];
  const offered = models.map(({ id }) => ({ value: id, label: id }));
  const model = modelOf(step);
  const chosen = model?.model ?? null;
  const gone = chosen !== null && data && !models.some(({ id }) => id === chosen);
  const used = models.find(({ id }) => id === (chosen ?? promptModel));
  return (
    <div>
      <Select
        {...field}
        label="Model"
        placeholder={promptModel ? `${promptModel}, as the prompt says` : 'As the prompt says'}
        clearable
        data={gone ? [...offered, { value: chosen, label: chosen }] : offered}
        value={chosen}
        error={field.error ?? (gone ? 'The server does not offer this model now.' : undefined)}
        onChange={(id) => change((draft) => changeSettings(draft, step.id, { model: id ? { ...model, model: id } : undefined }), anchor)}
      />
      {used?.simulated && <div className={classes.below}><SimulatedMark quiet /></div>}
    </div>
  );
}
