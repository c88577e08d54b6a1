import { type ExecutionEvent } from '../../../schema/executions.js';
import { type ExecutionEvent as EventRecord } from './execution.types.js';

/** @param longest in characters of JSON; undefined: however long */
export function withoutLongOutput(event: EventRecord, longest: number | undefined): ExecutionEvent {
  const { output, ...payload } = event.payload;
  if (longest === undefined || output === undefined || JSON.stringify(output).length <= longest) return event;
  return { ...event, payload: { ...payload, outputOmitted: true } };
}
