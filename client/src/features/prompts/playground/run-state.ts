import type { FinishedRunFragment, PromptRunEventsSubscription } from '../../../gql/graphql';

export type RunEvent = PromptRunEventsSubscription['promptRunEvents'];
export type RunRecord = FinishedRunFragment;
export type ToolCall = RunRecord['toolCalls'][number];

/** One run as its column shows it. */
export type RunState =
  | { phase: 'idle' }
  | { phase: 'running'; since: number; firstTextMs?: number; text: string; toolCalls: ToolCall[]; simulated: boolean }
  | { phase: 'ended'; run: RunRecord }
  /** It was refused before it began, or the connection was lost. What had arrived is kept. */
  | { phase: 'refused'; message: string; fields: { field: string; message: string }[]; text: string }
  | { phase: 'cancelled'; text: string; toolCalls: ToolCall[]; afterMs: number };

export type RunAction =
  | { type: 'begin'; now: number }
  | { type: 'event'; event: RunEvent; now: number }
  | { type: 'refuse'; message: string; fields: { field: string; message: string }[] }
  | { type: 'cancel'; now: number };

export const idle: RunState = { phase: 'idle' };

export function runReducer(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'begin':
      return { phase: 'running', since: action.now, text: '', toolCalls: [], simulated: false };
    case 'event':
      return take(state, action.event, action.now);
    case 'refuse':
      return state.phase === 'running' ? { phase: 'refused', message: action.message, fields: action.fields, text: state.text } : state;
    case 'cancel':
      return state.phase === 'running' ? { phase: 'cancelled', text: state.text, toolCalls: state.toolCalls, afterMs: action.now - state.since } : state;
  }
}

// What arrives after a cancel belongs to nobody.
function take(state: RunState, event: RunEvent, now: number): RunState {
  if (state.phase !== 'running') return state;
  switch (event.type) {
    case 'STARTED':
      return { ...state, simulated: event.run?.simulated ?? false };
    case 'TEXT':
      return { ...state, text: state.text + (event.text ?? ''), firstTextMs: state.firstTextMs ?? now - state.since };
    case 'TOOL_CALL':
      return event.toolCall ? { ...state, toolCalls: [...state.toolCalls, event.toolCall] } : state;
    case 'FINISHED':
      return event.run ? { phase: 'ended', run: event.run } : state;
  }
}

export const textOf = (state: RunState): string => (state.phase === 'idle' ? '' : state.phase === 'ended' ? state.run.output : state.text);

/** By variable, what a run that was refused finds wrong with its value. */
export function valueProblemsOf(state: RunState): ReadonlyMap<string, string> {
  if (state.phase !== 'refused') return new Map();
  return new Map(state.fields.flatMap(({ field, message }) => (field.startsWith(valuePrefix) ? [[field.slice(valuePrefix.length), message] as const] : [])));
}

const valuePrefix = 'input.values.';

/** Why a run was refused; of values by the names that they are given under. */
export function refusalOf({ message, fields }: Extract<RunState, { phase: 'refused' }>): string[] {
  if (fields.length === 0) return [message];
  return fields.map((each) => (each.field.startsWith(valuePrefix) ? `${each.field.slice(valuePrefix.length)}: ${each.message}` : each.message));
}
