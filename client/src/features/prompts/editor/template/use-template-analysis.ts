import { useDebouncedValue } from '@mantine/hooks';
import { startTransition, useEffect, useState } from 'react';
import type { DraftMessage } from '../prompt-draft';
import { loadTemplateTools, type ParsedTemplate } from './template-analysis';

/** By message key, what its template asks for and where it breaks. */
export type DraftAnalysis = ReadonlyMap<string, ParsedTemplate>;

const nothing: DraftAnalysis = new Map();

/** What the messages of a draft ask for and where they break, a moment after the last key. Undefined until it is first known. */
export function useTemplateAnalysis(messages: readonly DraftMessage[]): DraftAnalysis | undefined {
  const [analysis, setAnalysis] = useState<DraftAnalysis>();
  const [settled] = useDebouncedValue(messages, 150);
  useEffect(() => {
    let outdated = false;
    const analyseAll = async () => {
      const { parseTemplate } = await loadTemplateTools();
      if (outdated) return;
      const parsed = settled.filter(({ role }) => role !== 'PLACEHOLDER').map(({ key, content }) => [key, parseTemplate(content)] as const);
      // Drawing it may wait for the next key.
      startTransition(() => setAnalysis(parsed.length > 0 ? new Map(parsed) : nothing));
    };
    void analyseAll();
    return () => {
      outdated = true;
    };
  }, [settled]);
  return analysis;
}
