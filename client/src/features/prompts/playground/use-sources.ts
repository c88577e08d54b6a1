import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import type { PromptSourceInput } from '../../../gql/graphql';
import { contentOf, messagesOf, type DraftVariable } from '../editor/prompt-draft';
import { useIncludedPrompts } from '../editor/references/use-included-prompts';
import { useTemplateAnalysis } from '../editor/template/use-template-analysis';
import { variableRows } from '../editor/variables/variable-rows';
import type { EditedDraft } from '../editor/drafts/use-prompt-draft';
import type { PagePrompt } from '../prompt-page.operations';
import { draftSource } from './columns';
import { playgroundModelsDocument, playgroundVersionsDocument } from './playground.operations';
import type { Choice } from './run-column';

/** A variable as far as giving it a value needs it. */
export type ValueVariable = Pick<DraftVariable, 'name' | 'type' | 'description' | 'required' | 'defaultValue' | 'sample' | 'allowedValues'>;

export interface Source {
  input: PromptSourceInput;
  variables: ValueVariable[];
  model: string;
}

/** Everything that a column can run: the draft, and the versions of the prompt, by their ids. */
export function useSources(prompt: PagePrompt, edited: EditedDraft) {
  const { data: found, error } = useQuery(playgroundVersionsDocument, { variables: { id: prompt.id } });
  const { data: offered } = useQuery(playgroundModelsDocument);
  const { draft } = edited;
  const messages = useMemo(() => messagesOf(prompt.kind, draft), [prompt.kind, draft]);
  const analysis = useTemplateAnalysis(messages);
  const included = useIncludedPrompts(analysis);

  const draftVariables = useMemo(() => {
    const asked = included.flatMap(({ target: { path }, version }) => (version ? [{ path, variables: version.variables }] : []));
    return analysis ? variableRows(messages, draft.variables, analysis, asked).map(({ variable }) => variable) : [];
  }, [messages, draft.variables, analysis, included]);

  const versions = useMemo(() => found?.prompt.versions.edges.map(({ node }) => node) ?? [], [found]);
  const sources = useMemo(() => {
    const own: Source = {
      input: { promptId: prompt.id, kind: prompt.kind, content: contentOf({ ...draft, messages }) },
      variables: draftVariables,
      model: draft.settings.model,
    };
    return new Map<string, Source>([
      [draftSource, own],
      ...versions.map(({ id, variables, settings }) => [id, { input: { versionId: id }, variables, model: settings.model }] as const),
    ]);
  }, [prompt.id, prompt.kind, draft, messages, draftVariables, versions]);

  const sourceChoices: Choice[] = [
    { value: draftSource, label: edited.dirty ? 'Draft, changed' : `Draft, same as ${edited.base.version}` },
    ...versions.map(({ id, version, branch, message }) => ({ value: id, label: `${version}${branch === 'main' ? '' : ` on ${branch}`} · ${message}` })),
  ];
  const modelChoices: Choice[] = offered?.models.map(({ id }) => ({ value: id, label: id })) ?? [];
  return { sources, sourceChoices, modelChoices, messages, analysis, draftVariables, error };
}
