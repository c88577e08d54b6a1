import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { DraftMessage } from './prompt-draft';
import { analyseTemplate, type TemplateProblem } from './template-analysis';

interface DraftAnalysis {
  variables: string[];
  /** By message key. */
  problems: ReadonlyMap<string, TemplateProblem>;
}

/** What the messages of a draft ask for and where they break, a moment after the last key. */
export function useTemplateAnalysis(messages: DraftMessage[]): DraftAnalysis {
  const [analysis, setAnalysis] = useState<DraftAnalysis>({ variables: [], problems: new Map() });
  const [settled] = useDebouncedValue(messages, 150);
  useEffect(() => {
    let outdated = false;
    const analyseAll = async () => {
      const results = await Promise.all(settled.map(async ({ key, content }) => ({ key, ...(await analyseTemplate(content)) })));
      if (outdated) return;
      setAnalysis((before) => ({
        // While a template is half-typed its variables are unknown: those known before stay rather than blink.
        variables: unique([
          ...results.flatMap(({ variables }) => variables),
          ...(results.some(({ problem }) => problem) ? before.variables : []),
        ]),
        problems: new Map(results.flatMap(({ key, problem }) => (problem ? [[key, problem] as const] : []))),
      }));
    };
    void analyseAll();
    return () => {
      outdated = true;
    };
  }, [settled]);
  return analysis;
}

const unique = (names: string[]): string[] => [...new Set(names)];
