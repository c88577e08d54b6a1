import { type StepDefinition } from '../../workflows/definition.js';
import { type ExecutionRecord, type StepDetails, type Usage } from '../execution.types.js';

/** One attempt at a step. */
export interface StepWork {
  execution: ExecutionRecord;
  step: StepDefinition;
  /** The step's inputs by name, their references resolved. */
  input: Record<string, unknown>;
  signal: AbortSignal;
}

export interface StepResult {
  /** A JSON value. */
  output: unknown;
  usage: Usage;
  finishReason?: string;
}

/**
 * What an attempt comes to. `done`: it had no effect outside, so its start and its result are committed together, and it may be done again at
 * will. `call`: its start is committed before `call` is called, since after a crash nobody knows whether the call happened.
 */
export type PreparedStep =
  | { kind: 'done'; output: unknown }
  | {
      kind: 'call';
      details: StepDetails;
      /** @param onText is told each piece of output as it arrives */
      call(onText: (text: string) => void): Promise<StepResult>;
    };

/** How steps of one type run. A new type is one file here, one under workflows/step-types, and a line in each registry. */
export interface StepRunner {
  prepare(work: StepWork): Promise<PreparedStep>;
}
