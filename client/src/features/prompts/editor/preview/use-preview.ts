import { useApolloClient } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import type { RenderDraftQuery } from '../../../../gql/graphql';
import { renderPromptDocument } from '../editor.operations';
import { contentOf, messagesOf, type DraftMessage, type PromptDraft, type PromptKind } from '../prompt-draft';
import { draftProblems, noProblems, type DraftProblems } from './draft-problems';
import { messageTokens } from './message-tokens';

export interface Preview {
  /** As the model would get it, with the sample values; the last that could be rendered. */
  rendered: RenderDraftQuery['renderPrompt'] | undefined;
  /** By message key, of the last that could be rendered. */
  tokens: ReadonlyMap<string, number>;
  problems: DraftProblems;
  /** Whether `rendered` is of what is written now. */
  upToDate: boolean;
}

interface Answer extends Pick<Preview, 'rendered' | 'tokens' | 'problems'> {
  /** What was asked. */
  of: Asked | undefined;
}

interface Asked {
  draft: PromptDraft;
  messages: DraftMessage[];
  values: Record<string, unknown>;
}

const nothing: Answer = { rendered: undefined, tokens: new Map(), problems: noProblems, of: undefined };
const pauseMs = 350;

/** What a draft comes to, a moment after the last change. Values that are absent are defaults and samples. */
export function usePreview({ promptId, kind, draft, values }: { promptId: string | undefined; kind: PromptKind; draft: PromptDraft; values: Record<string, unknown> }): Preview {
  const client = useApolloClient();
  const asked = useMemo((): Asked => ({ draft, messages: messagesOf(kind, draft), values }), [draft, kind, values]);
  const [settled] = useDebouncedValue(asked, pauseMs);
  const [answer, setAnswer] = useState(nothing);
  const isEmpty = settled.messages.every(({ content }) => content.trim() === '');

  useEffect(() => {
    if (isEmpty) return;
    const abort = new AbortController();
    const ask = async () => {
      const { draft: { settings, ...rest }, messages } = settled;
      const sent = { ...rest, messages, settings };
      const content = { ...contentOf(sent), ...(settings.model ? {} : { settings: null }) };
      try {
        const { data } = await client.query({
          query: renderPromptDocument,
          variables: { input: { source: { promptId, kind, content }, values: settled.values, withSamples: true } },
          fetchPolicy: 'no-cache',
          context: { queryDeduplication: false, fetchOptions: { signal: abort.signal } },
        });
        if (abort.signal.aborted || !data) return;
        setAnswer({ rendered: data.renderPrompt, tokens: messageTokens(messages, data.renderPrompt.messages), problems: noProblems, of: settled });
      } catch (error) {
        if (abort.signal.aborted) return;
        const problems = draftProblems(problemOf(error), sent);
        setAnswer((before) => ({ ...before, problems, of: settled }));
      }
    };
    void ask();
    return () => abort.abort();
  }, [client, settled, kind, promptId, isEmpty]);

  if (isEmpty) return { ...nothing, upToDate: true };
  return { rendered: answer.rendered, tokens: answer.tokens, problems: answer.problems, upToDate: answer.of === asked };
}
