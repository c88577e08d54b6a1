import type { ApolloClient } from '@apollo/client';
import { problemOf } from '../../../api/api-errors';
import { connection } from '../../../api/connection';
import type { RunPromptInput } from '../../../gql/graphql';
import type { PromptDraft } from '../editor/prompt-draft';
import type { Column } from './columns';
import { promptRunEventsDocument } from './playground.operations';
import { idle, runReducer, type RunAction, type RunState } from './run-state';

/** One column's run, and what it ran where that was the draft. */
export interface ColumnRun {
  state: RunState;
  tried: PromptDraft | undefined;
}

const nothing: ColumnRun = { state: idle, tried: undefined };

/** The runs of a playground, one a column, each over a subscription of its own. They go on, and stay, while the playground itself is left. */
export class PlaygroundRuns {
  private runs: ReadonlyMap<string, ColumnRun> = new Map();
  private readonly stops = new Map<string, () => void>();
  private readonly listeners = new Set<() => void>();
  private shown: readonly Column[] | undefined;
  private picture: number | undefined;

  constructor(private readonly client: ApolloClient) {}

  readonly current = (): ReadonlyMap<string, ColumnRun> => this.runs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What was side by side last, where that was seen. */
  get columns(): readonly Column[] | undefined {
    return this.shown;
  }

  show(columns: readonly Column[]): void {
    this.shown = columns;
  }

  of(column: string): ColumnRun {
    return this.runs.get(column) ?? nothing;
  }

  /** Starts a run in a column in place of the one before. */
  start(column: string, input: RunPromptInput, tried: PromptDraft | undefined): void {
    this.stop(column);
    const act = (action: RunAction, hasTime = false) => this.act(column, action, hasTime);
    const refuse = (error: unknown) => {
      this.stop(column);
      const { message, fields } = problemOf(error);
      act({ type: 'refuse', message, fields });
    };
    this.put(column, { state: idle, tried });
    act({ type: 'begin', now: performance.now() });
    const events = this.client.subscribe({ query: promptRunEventsDocument, variables: { input } }).subscribe({
      next: ({ data, error }) => {
        if (data) act({ type: 'event', event: data.promptRunEvents, now: performance.now() }, data.promptRunEvents.type === 'TEXT');
        else if (error) refuse(error);
      },
      error: refuse,
      complete: () => this.stop(column),
    });
    // The live socket opens again by itself and would ask for the same run, which would be called and paid for twice.
    const unwatch = connection.onSocketClosed(() => refuse(new Error('The connection was lost.')));
    this.stops.set(column, () => {
      unwatch();
      events.unsubscribe();
    });
  }

  /** Ends the model's call. What had arrived stays. */
  cancel(column: string): void {
    this.stop(column);
    this.act(column, { type: 'cancel', now: performance.now() });
  }

  clear(column: string): void {
    this.stop(column);
    this.put(column, nothing);
  }

  /** Ends the calls of all models. */
  cancelAll(): void {
    for (const column of this.runs.keys()) this.cancel(column);
  }

  private act(column: string, action: RunAction, hasTime = false): void {
    const { state, tried } = this.of(column);
    this.put(column, { state: runReducer(state, action), tried }, hasTime);
  }

  /** @param hasTime until the next picture: words come faster than they can be shown one by one */
  private put(column: string, run: ColumnRun, hasTime = false): void {
    this.runs = new Map(this.runs).set(column, run);
    if (hasTime) this.picture ??= requestAnimationFrame(() => this.tell());
    else this.tell();
  }

  private tell(): void {
    if (this.picture !== undefined) cancelAnimationFrame(this.picture);
    this.picture = undefined;
    for (const listener of [...this.listeners]) listener();
  }

  private stop(column: string): void {
    this.stops.get(column)?.();
    this.stops.delete(column);
  }
}
