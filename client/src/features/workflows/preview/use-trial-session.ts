import { useApolloClient, useMutation } from '@apollo/client/react';
import { useEffect, useEffectEvent, useMemo, useReducer, useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { useSession } from '../../../api/use-session';
import { notifyFailure } from '../../../ui/notify';
import { followEvents } from '../../executions/follow-events';
import { definitionFrom } from '../draft-definition';
import { anchorOf, type Problem } from '../draft-problems';
import type { Editor } from '../editor-context';
import { keepPins, readPins, type Pins } from './pins';
import { cancelPreviewDocument, previewEventsDocument, previewWorkflowDocument } from './preview.operations';
import { changeTrials, formOf, isUnderWay, noTrials, requestOf, type Extent } from './trial';
import type { TrialSession } from './trial-context';
import { readTexts, textFor, trialInputId } from './trial-inputs';

/** Trying a draft that is being edited. Null for those who may not start runs. @param workflowId of which it is an edit, if it is */
export function useTrialSession({ draft, announce }: Editor, workflowId: string | undefined): TrialSession | null {
  const client = useApolloClient();
  const may = usePermissions();
  const personId = useSession().viewer?.id ?? '';
  const [trials, change] = useReducer(changeTrials, noTrials);
  const [pins, setPins] = useState<Pins>(() => (workflowId === undefined ? {} : readPins(personId, workflowId)));
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [textProblems, setTextProblems] = useState<Record<string, string>>({});
  const [findings, setFindings] = useState<readonly Problem[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [preview] = useMutation(previewWorkflowDocument);
  const [cancel] = useMutation(cancelPreviewDocument);
  const previewId = trials.current?.previewId;
  const changed = useMemo(() => {
    const definition = definitionFrom(draft);
    return new Set(Object.entries(trials.steps).flatMap(([key, { triedAs }]) => (triedAs === formOf(definition, key) ? [] : [key])));
  }, [draft, trials.steps]);

  const say = useEffectEvent((words: string) => announce(words));
  useEffect(() => {
    if (previewId === undefined) return;
    return followEvents(
      {
        subscribe: (after) => client.subscribe({ query: previewEventsDocument, variables: { previewId, after } }),
        eventOf: (data) => data.workflowPreviewEvents,
      },
      {
        onGone: () => change({ type: 'lost' }),
        onEvents: (events) => {
          change({ type: 'happened', events });
          const end = endings[events.at(-1)?.type ?? ''];
          if (end !== undefined) say(end);
        },
      },
    );
  }, [client, previewId]);

  const refuse = (problems: Record<string, string>, general: string | null) => {
    setTextProblems(problems);
    setProblem(general);
    change({ type: 'refused' });
    const [first] = Object.keys(problems);
    // The fields may have been folded away.
    if (first !== undefined) setTimeout(() => document.getElementById(trialInputId(first))?.focus(), 150);
  };

  const start = async (extent: Extent) => {
    if (isUnderWay(trials)) return;
    const { values, problems } = readTexts(draft.inputs, texts);
    if (Object.keys(problems).length > 0) return refuse(problems, null);
    setTextProblems({});
    setFindings([]);
    setProblem(null);
    change({ type: 'asked', extent });
    const definition = definitionFrom(draft);
    try {
      const { data } = await preview({ variables: { input: requestOf({ workflowId, definition, inputs: values }, extent, pins, trials) } });
      if (!data) return refuse({}, null);
      const { id, findings: found, steps } = data.previewWorkflow;
      if (!id) {
        setFindings(found.map(({ field, message }) => ({ anchor: anchorOf(draft, field), message })));
        return refuse({}, null);
      }
      const stepKeys = extent.kind === 'only' ? [extent.stepKey] : steps.map(({ key }) => key);
      change({ type: 'begun', previewId: id, stepKeys, definition });
    } catch (error) {
      const names = draft.inputs.map(({ name }) => name.trim());
      const { fieldErrors, general } = formProblem(error, names, 'input.inputs.');
      refuse(Object.fromEntries(draft.inputs.flatMap(({ id, name }) => (fieldErrors[name.trim()] ? [[id, fieldErrors[name.trim()] ?? '']] : []))), general);
    }
  };

  const stop = () => {
    if (previewId !== undefined) void cancel({ variables: { id: previewId } }).catch(() => notifyFailure('The preview could not be stopped. It ends by itself when you leave the page.'));
  };

  const changePins = (next: Pins) => {
    setPins(next);
    if (workflowId !== undefined && !keepPins(personId, workflowId, next)) notifyFailure('The browser has no room for this output: it stays pinned until you leave the page.');
  };

  if (!may('execution:start')) return null;
  return {
    trials,
    changed,
    pins,
    texts: Object.fromEntries(draft.inputs.map((input) => [input.id, textFor(input, texts)])),
    setText: (id, text) => {
      setTexts((current) => ({ ...current, [id]: text }));
      setTextProblems(({ [id]: _, ...others }) => others);
    },
    textProblems,
    findings,
    problem,
    start: (extent) => void start(extent),
    stop,
    pin: (stepKey, output) => changePins({ ...pins, [stepKey]: output }),
    unpin: (stepKey) => {
      const { [stepKey]: _, ...others } = pins;
      changePins(others);
    },
  };
}

const endings: Record<string, string> = {
  EXECUTION_COMPLETED: 'The preview completed.',
  EXECUTION_FAILED: 'The preview failed.',
  EXECUTION_CANCELLED: 'The preview was stopped.',
};
