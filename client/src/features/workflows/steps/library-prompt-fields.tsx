import { useQuery } from '@apollo/client/react';
import { Anchor, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { PromptOfStepQuery } from '../../../gql/graphql';
import { formatCount } from '../../../ui/format';
import { promptsDocument } from '../../prompts/prompt.operations';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { promptOfStepDocument, promptVersionOfStepDocument } from '../workflow.operations';
import { GivenValues } from './named-values';
import { promptSettings, type PromptPlace } from './prompt.rules';
import { RepairsField, StepModels } from './step-models';
import { useRefetchOnReturn, useTakenVariables } from './use-taken-variables';

/** A prompt of the library, at a version that the step chooses. */
export function LibraryPromptFields({ step }: { step: DraftStep }) {
  const { promptId } = promptSettings(step.settings);
  const { prompt, version, problem } = usePromptOf(step);
  useTakenVariables(step.id, version?.variables.map(({ name, required, defaultValue }) => ({ name, optional: !required || (defaultValue ?? null) !== null })));
  return (
    <>
      <div className={classes.columns}>
        <PromptSelect step={step} chosen={prompt} problem={problem} />
        {prompt && <PlaceSelect step={step} prompt={prompt} />}
      </div>
      {prompt && version && (
        <p className={classes.facts}>
          Version <span className="tabular">{version.version}</span>, {formatCount(version.variables.length, 'variable')}.{' '}
          <Anchor component={Link} to={`/prompts/${prompt.id}`} target="_blank" rel="noreferrer" inherit underline="always">
            Open the prompt<IconExternalLink size={12} style={{ marginLeft: 4 }} aria-label=", in a new tab" />
          </Anchor>
        </p>
      )}
      <StepModels step={step} fallback={version?.settings.model ?? ''} />
      {(version?.outputSchema ?? null) !== null && <RepairsField step={step} />}
      {promptId && <GivenValues step={step} title="Variables" empty={version && 'This prompt has no variables, so it is the same each time.'} />}
    </>
  );
}

type PromptOfStep = PromptOfStepQuery['prompt'];

function usePromptOf(step: DraftStep) {
  const { promptId, at } = promptSettings(step.settings);
  const found = useQuery(promptOfStepDocument, { variables: { id: promptId }, skip: !promptId });
  const prompt = found.data?.prompt.id === promptId ? found.data.prompt : undefined;
  const placed = useQuery(promptVersionOfStepDocument, { variables: { path: prompt?.path ?? '', ...at }, skip: !prompt || !at });
  useRefetchOnReturn(() => {
    if (!promptId) return;
    void found.refetch().catch(() => undefined);
    if (prompt && at) void placed.refetch().catch(() => undefined);
  });
  return {
    prompt,
    version: at ? placed.data?.promptVersion : prompt?.head,
    problem: found.error && promptId ? lostPrompt(found.error) : undefined,
  };
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
      value={promptSettings(step.settings).promptId || null}
      allowDeselect={false}
      error={field.error ?? problem}
      nothingFoundMessage={search ? 'No prompt has this in its name' : <>No prompts yet. <Anchor component={Link} to="/prompts/new" target="_blank" inherit>Write the first one</Anchor></>}
      onChange={(promptId) => promptId && change((draft) => changeSettings(draft, step.id, { promptId, at: undefined }), anchor)}
    />
  );
}

const newest = 'newest';

/** Which version runs: the newest, or where a label, a branch or a number points. */
function PlaceSelect({ step, prompt }: { step: DraftStep; prompt: PromptOfStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.at`;
  const field = useField(anchor);
  const { at } = promptSettings(step.settings);
  const groups = [
    { group: 'Follows', items: [{ value: newest, label: 'The newest version' }] },
    { group: 'Label', items: prompt.labels.map(({ name, version }) => ({ value: `label:${name}`, label: `${name} (now ${version.version})` })) },
    { group: 'Branch', items: prompt.branches.filter(({ name }) => name !== 'main').map(({ name, head }) => ({ value: `branch:${name}`, label: `${name} (now ${head.version})` })) },
    { group: 'Always the same', items: prompt.versions.edges.map(({ node }) => ({ value: `version:${node.version}`, label: `Version ${node.version}` })) },
  ].filter(({ items }) => items.length > 0);
  const value = at ? placeText(at) : newest;
  const isOffered = groups.some(({ items }) => items.some((item) => item.value === value));
  return (
    <Select
      {...field}
      label="Version"
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      data={isOffered ? groups : [...groups, { group: 'Chosen', items: [{ value, label: value.replace(':', ' ') }] }]}
      value={value}
      onChange={(next) => next && change((draft) => changeSettings(draft, step.id, { at: placeOf(next) }), anchor)}
    />
  );
}

const placeText = (place: PromptPlace): string => Object.entries(place).map(([kind, name]) => `${kind}:${name}`).join();

function placeOf(text: string): PromptPlace | undefined {
  const [kind] = text.split(':');
  const name = text.slice(text.indexOf(':') + 1);
  if (kind === 'label') return { label: name };
  if (kind === 'branch') return { branch: name };
  return kind === 'version' ? { version: name } : undefined;
}
