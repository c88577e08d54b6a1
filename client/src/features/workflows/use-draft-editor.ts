import { useMemo, useState } from 'react';
import type { Problem as ServerProblem } from '../../api/api-errors';
import type { Draft, DraftStep } from './draft';
import { anchorOf, problemsIn, type Problem } from './draft-problems';
import type { Editor, EditorActions } from './editor-context';
import { useOpenedSteps } from './use-opened-steps';
import { useValidation } from './use-validation';

/** A message that appears as soon as a field is left would push away what was just being clicked. */
const afterClickMs = 200;

/** A draft being edited, with what is wrong with it. @param workflowId of which it is an edit, if it is */
export function useDraftEditor(initial: Draft, workflowId?: string) {
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const [announcement, announce] = useState('');
  const { isOpened, setOpened } = useOpenedSteps(initial);

  const found = useMemo(() => problemsIn(draft), [draft]);
  const { problems: told, valuesFor } = useValidation(draft, found, workflowId, isOpened);
  const shown = useMemo(() => {
    const own = found.filter(({ anchor, missing }) => !missing || touched.has(anchor));
    const late = [...refused, ...told.filter((problem) => !refused.some(({ anchor }) => anchor === problem.anchor))];
    return [...own, ...late.filter((problem) => !own.some(({ anchor }) => anchor === problem.anchor))];
  }, [found, refused, told, touched]);

  const actions = useMemo(
    (): EditorActions => ({
      change: (change, anchor) => {
        setDraft(change);
        if (anchor !== undefined) setRefused((current) => (current.some((problem) => problem.anchor === anchor) ? current.filter((problem) => problem.anchor !== anchor) : current));
      },
      touch: (anchor) => setTimeout(() => setTouched((current) => (current.has(anchor) ? current : new Set(current).add(anchor))), afterClickMs),
      announce,
      setOpened,
    }),
    [setOpened],
  );
  const editor: Editor = {
    ...actions,
    draft,
    depth: 0,
    problemAt: (anchor) => shown.find((problem) => problem.anchor === anchor)?.message,
    problemsOf: (step) => countWithin(step, shown),
    isOpened,
    valuesFor,
  };
  return {
    editor,
    actions,
    announcement,
    shown,
    /** What stands in the way of saving, all of which now shows. What is added later is not complained of at once. */
    checkForSave: (): readonly Problem[] => {
      setTouched((current) => new Set([...current, ...found.map(({ anchor }) => anchor)]));
      setRefused([]);
      return found;
    },
    takeRefusal: ({ fields }: ServerProblem): readonly Problem[] => {
      const problems = fields.map(({ field, message }) => ({ anchor: anchorOf(draft, field), message }));
      setRefused(problems);
      return problems;
    },
    reset: (next: Draft) => {
      setDraft(next);
      setTouched(new Set());
      setRefused([]);
    },
    /** Everything is as it was saved: nothing is complained of until the next try. */
    settle: () => {
      setTouched(new Set());
      setRefused([]);
    },
  };
}

function countWithin(step: DraftStep, shown: readonly Problem[]): number {
  if (shown.length === 0) return 0;
  const own = shown.filter(({ anchor }) => anchor.startsWith(`steps.${step.id}.`)).length;
  return step.steps.reduce((count, inner) => count + countWithin(inner, shown), own);
}
