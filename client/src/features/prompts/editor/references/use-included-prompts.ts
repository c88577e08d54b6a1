import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import type { IncludedPromptQuery } from '../../../../gql/graphql';
import { includedPromptDocument } from '../editor.operations';
import type { DraftAnalysis } from '../template/use-template-analysis';
import { defaultLabel, referenceKey, type PromptTarget } from './reference-tag';

export interface IncludedPrompt {
  target: PromptTarget;
  /** Undefined while it is looked for, and where it is not found. */
  version: IncludedPromptQuery['promptVersion'] | undefined;
  problem: string | undefined;
}

type Answer = Pick<IncludedPrompt, 'version' | 'problem'>;

/** The prompts that a draft includes, each with the version that its reference leads to now. */
export function useIncludedPrompts(analysis: DraftAnalysis | undefined): IncludedPrompt[] {
  const client = useApolloClient();
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const asked = useRef(new Set<string>());
  const targets = useMemo(() => {
    const all = [...(analysis?.values() ?? [])].flatMap(({ references }) => references);
    return new Map(all.map((target) => [referenceKey(target), target]));
  }, [analysis]);

  useEffect(() => {
    for (const [key, target] of targets) {
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      void find(target).then((answer) => setAnswers((before) => new Map(before).set(key, answer)));
    }
    async function find({ path, label, version, branch }: PromptTarget): Promise<Answer> {
      const at = version === undefined && branch === undefined ? { label: label ?? defaultLabel } : { version, branch };
      try {
        const { data } = await client.query({ query: includedPromptDocument, variables: { path, ...at }, fetchPolicy: 'network-only' });
        return { version: data?.promptVersion, problem: undefined };
      } catch (error) {
        return { version: undefined, problem: problemOf(error).message };
      }
    }
  }, [client, targets]);

  return useMemo(() => [...targets].map(([key, target]) => ({ target, version: undefined, problem: undefined, ...answers.get(key) })), [targets, answers]);
}
