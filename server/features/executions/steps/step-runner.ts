import { type StepDefinition } from '../../workflows/definition.js';
import { type ExecutionRecord, type LogLevel, type Signal, type StepDetails, type StepState, type StepWait, type Usage } from '../execution.types.js';

/** One attempt at a step. */
export interface StepWork {
  execution: ExecutionRecord;
  step: StepDefinition;
  /** The step's inputs by name, their references resolved. */
  input: Record<string, unknown>;
  /** Of the inputs that are secrets, by their names here, the names in the vault. */
  secrets: Record<string, string>;
  /** 1 for the first. */
  attempt: number;
  /** What an attempt before this one had saved. */
  previous: StepDetails | undefined;
  /** Other steps hang on what it decides. */
  branchedOn: boolean;
  signal: AbortSignal;
  now: () => Date;
  /** Kept with the execution, and shown beside the step. Never give it a secret. */
  log: (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;
}

/** A step that waited, and may go on. */
export interface ResumedWork extends StepWork {
  wait: StepWait;
  /** Its time, where it has one. */
  until: Date | undefined;
  /** That has come. */
  due: boolean;
  /** What has reached it, oldest first. */
  signals: readonly Signal[];
}

export interface StepResult {
  /** A JSON value. */
  output: unknown;
  usage?: Usage;
  /** US dollars. */
  costUsd?: number | undefined;
  finishReason?: string;
  /** Instead of those that the call began with. */
  details?: StepDetails;
}

export interface Spent {
  usage: Usage;
  /** US dollars. */
  costUsd: number | undefined;
}

export interface CallContext {
  /** Is told each piece of output as it arrives. */
  onText: (text: string) => void;
  /** Stores what must not be paid for again when the process ends now. @param spent by the step so far, over all attempts */
  save: (details: StepDetails, spent: Spent) => Promise<void>;
  /** The same, but only with whatever is stored next. @returns the step as it stands */
  note: (details: StepDetails, spent: Spent) => StepState;
}

/**
 * What an attempt comes to. `done`: it had no effect outside, so its start and its result are committed together, and it may be done again at
 * will. `call`: its start is committed before `call` is called, since after a crash nobody knows whether the call happened. `wait`: it holds no
 * worker until its time, or a signal for it, has come, and then goes on with `resume`.
 */
export type PreparedStep =
  | { kind: 'done'; result: StepResult }
  | {
      kind: 'call';
      details?: StepDetails;
      call(context: CallContext): Promise<StepResult>;
    }
  | {
      kind: 'wait';
      wait: StepWait;
      until?: Date | undefined;
      /** What was begun does not count as an attempt: RATE_LIMIT, after which the step is prepared again. */
      sameAttempt?: boolean;
      /** So far, where that is known. */
      spent?: Spent;
      /** It waits on for what it waited for before, of which nobody need hear. */
      again?: boolean;
    };

/** How steps of one type run. A new type is one file here, one under workflows/step-types, and a line in each registry. */
export interface StepRunner {
  prepare(work: StepWork): Promise<PreparedStep>;
  /** Of types whose steps wait: goes on, perhaps to wait again. */
  resume?(work: ResumedWork): Promise<PreparedStep>;
}
