import { useState } from 'react';
import type { Problem } from '../../../api/api-errors';

/** What is wrong with a trigger as it is written, by where it stands: `name`, `settings.cron`, `mapping.email`. */
export type DraftProblems = Readonly<Record<string, string>>;

const ownFields = ['name', 'workflowId', 'branch', 'promptLabel', 'overlap', 'maxRuns', 'ratePerMinute', 'secret'];

export function useDraftProblems() {
  const [problems, setProblems] = useState<DraftProblems>({});
  const [general, setGeneral] = useState<string | null>(null);
  /** @param mapped the names of the inputs in the order in which they were sent */
  const take = ({ fields, message }: Problem, mapped: readonly string[]) => {
    const found: Record<string, string> = {};
    const others: string[] = [];
    for (const { field, message: said } of fields) {
      const at = placeOf(field.replace(/^input\./, ''), mapped);
      if (at) found[at] = found[at] === undefined ? said : `${found[at]} ${said}`;
      else others.push(said);
    }
    setProblems(found);
    setGeneral(others.length > 0 ? others.join(' ') : fields.length > 0 ? null : message);
  };
  return {
    problems,
    general,
    take,
    show: (found: DraftProblems) => {
      setProblems(found);
      setGeneral(null);
    },
    /** What was changed may be right by now. */
    forget: (place: string) => setProblems((current) => Object.fromEntries(Object.entries(current).filter(([at]) => at !== place && !at.startsWith(`${place}.`)))),
  };
}

function placeOf(field: string, mapped: readonly string[]): string | undefined {
  const [, index] = /^mapping\.(\d+)\./.exec(field) ?? [];
  if (index !== undefined) return mapped[Number(index)] === undefined ? undefined : `mapping.${mapped[Number(index)]}`;
  return field.startsWith('settings.') || ownFields.includes(field) ? field : undefined;
}
