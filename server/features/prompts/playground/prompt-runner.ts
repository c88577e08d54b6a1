import { setTimeout as pause } from 'node:timers/promises';
import { RateLimitedError } from '../../../errors.js';
import { type MeteredCalls } from '../../providers/metered-calls.js';
import { type ProvidersService } from '../../providers/providers.service.js';
import { type PromptContent } from '../content/content.js';
import { type AnswerChecker } from './answer-check.js';
import { type NewPromptRun, type PromptRunEvent, type PromptRunRecord, type RunOutcome, underWay } from './prompt-run.js';
import { type PromptRunStore } from './prompt-run.store.js';
import { RunAnswer } from './run-answer.js';
import { cancelled, failureOf, stopped, timedOut } from './run-failure.js';
import { RunFeed } from './run-feed.js';

/** All that a run needs. `content.settings.model` is the model that is run. */
export interface PreparedRun extends NewPromptRun {
  content: PromptContent;
  /** Why there is nothing to send: its templates failed on these values. The run is kept all the same. */
  failure?: Error;
}

export interface PromptRunnerOptions {
  store: PromptRunStore;
  providers: Pick<ProvidersService, 'costOf'>;
  models: MeteredCalls;
  checker: AnswerChecker;
  /** Called with what nobody expects, such as a database that is gone. */
  onFault: (error: unknown, runId: string | undefined) => void;
  /** Longest time that a model may take; five minutes when absent. */
  timeoutMs?: number;
  /** Runs of one workspace that this process has under way at a time; 16 when absent. */
  mostAtOnce?: number;
}

/** A run that is under way. */
export interface ActiveRun {
  /** For one reader. */
  events: AsyncGenerator<PromptRunEvent, void, undefined>;
  /** Settles with the run as it ended, once that is kept. */
  finished: Promise<PromptRunRecord>;
  /** Ends the call of the model and its connection, and the events; what had arrived is kept. */
  cancel: () => void;
}

const usualTimeoutMs = 5 * 60_000;
/** As long as a run may take, and some more to keep it: one that began before that is under way nowhere. */
export const longestRunMs = usualTimeoutMs + 60_000;

interface Slot {
  workspaceId: string;
  abort: AbortController;
  /** Settles when nothing of the run is under way any more. */
  done: Promise<unknown>;
}

/** Calls models for single prompts, and keeps what became of each call. */
export class PromptRunner {
  private readonly slots = new Set<Slot>();
  private readonly timeoutMs: number;
  private readonly mostAtOnce: number;
  private stopping = false;

  constructor(private readonly options: PromptRunnerOptions) {
    this.timeoutMs = options.timeoutMs ?? usualTimeoutMs;
    this.mostAtOnce = options.mostAtOnce ?? 16;
  }

  /**
   * Begins a run. What `prepare` throws is thrown; nothing is kept then.
   * @param gone aborting it cancels the run
   * @throws RateLimitedError while the workspace has as many runs under way as it may
   */
  async start(workspaceId: string, prepare: (signal: AbortSignal) => Promise<PreparedRun>, gone?: AbortSignal): Promise<ActiveRun> {
    const slot = this.take(workspaceId);
    const leave = () => slot.abort.abort(cancelled());
    if (gone?.aborted) leave();
    gone?.addEventListener('abort', leave, { once: true });
    const feed = new RunFeed();
    const run = prepare(slot.abort.signal).then(async (prepared) => {
      const { content: _content, failure: _failure, ...facts } = prepared;
      return { prepared, record: await this.options.store.create(facts, underWay) };
    });
    const finished = run.then(({ prepared, record }) => this.perform(record, prepared, feed, slot.abort)).finally(() => {
      this.slots.delete(slot);
      gone?.removeEventListener('abort', leave);
    });
    slot.done = finished.catch(() => undefined);
    await run;
    finished.catch((error: unknown) => {
      this.options.onFault(error, undefined);
      // Whoever only reads the events hears of it there.
      feed.close(error);
    });
    return {
      events: feed.read(),
      finished,
      cancel: () => {
        leave();
        feed.close();
      },
    };
  }

  /** Ends every run, and those that are still begun at once. Settles when what became of them is kept. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const { abort } of this.slots) abort.abort(stopped());
    await Promise.all([...this.slots].map(({ done }) => done));
  }

  private take(workspaceId: string): Slot {
    const underWay = [...this.slots].filter((slot) => slot.workspaceId === workspaceId).length;
    if (underWay >= this.mostAtOnce) {
      throw new RateLimitedError(`This workspace runs ${underWay} prompts already, as many as it may at a time. Wait for one to end, or cancel one.`, 5);
    }
    const slot: Slot = { workspaceId, abort: new AbortController(), done: Promise.resolve() };
    this.slots.add(slot);
    if (this.stopping) slot.abort.abort(stopped());
    return slot;
  }

  private async perform(record: PromptRunRecord, prepared: PreparedRun, feed: RunFeed, abort: AbortController): Promise<PromptRunRecord> {
    feed.push({ type: 'STARTED', run: record });
    const timer = setTimeout(() => abort.abort(timedOut(this.timeoutMs)), this.timeoutMs);
    const outcome = await this.outcomeOf(record.id, prepared, feed, abort.signal);
    clearTimeout(timer);
    await this.options.store.finish(record, outcome);
    const run = { ...record, ...outcome };
    feed.push({ type: 'FINISHED', run });
    feed.close();
    return run;
  }

  private async outcomeOf(runId: string, prepared: PreparedRun, feed: RunFeed, signal: AbortSignal): Promise<RunOutcome> {
    const answer = new RunAnswer(prepared.messages);
    let ending: Pick<RunOutcome, 'status' | 'error' | 'outputProblems'>;
    try {
      ending = { status: 'COMPLETED', error: undefined, outputProblems: await this.call(runId, prepared, answer, feed, signal) };
    } catch (thrown) {
      const { status, error, fault } = failureOf(thrown);
      if (fault) this.options.onFault(thrown, runId);
      ending = { status, error, outputProblems: undefined };
    }
    const arrived = answer.outcome();
    return { ...ending, ...arrived, cost: await this.options.providers.costOf(prepared.workspaceId, prepared.model, arrived.usage) };
  }

  private async waitForTurn(runId: string, { workspaceId, model, messages, content }: PreparedRun, signal: AbortSignal): Promise<void> {
    const { settings, tools, outputSchema } = content;
    const info = await this.options.models.find(workspaceId, model);
    for (;;) {
      const until = this.options.models.turn(runId, [{ model: info, call: { ...settings, messages, tools, outputSchema } }]);
      if (!until) return;
      await pause(Math.max(0, until.getTime() - Date.now()), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** @returns what the output schema finds wrong with the answer; undefined where there is nothing to check */
  private async call(runId: string, prepared: PreparedRun, answer: RunAnswer, feed: RunFeed, signal: AbortSignal): Promise<string[] | undefined> {
    const { content, messages, model, failure, workspaceId, versionId } = prepared;
    const { settings, tools, outputSchema } = content;
    const checker = this.options.checker.for(workspaceId);
    if (failure !== undefined) throw failure;
    const { model: _model, ...parameters } = settings;
    const spender = { workspaceId, promptVersionId: versionId, secretUse: { run: runId, personId: prepared.runById } };
    await this.waitForTurn(runId, prepared, signal);
    for await (const chunk of this.options.models.stream(spender, runId, model, { ...parameters, messages, tools, outputSchema, signal })) {
      if (chunk.type === 'text') {
        answer.addText(chunk.text);
        feed.push({ type: 'TEXT', text: chunk.text });
      } else if (chunk.type === 'tool-call') {
        answer.arrived();
        const toolCall = await checker.toolCall(tools, chunk, signal);
        answer.addToolCall(toolCall);
        feed.push({ type: 'TOOL_CALL', toolCall });
      } else {
        answer.finish(chunk.finishReason, chunk.usage);
        if (!outputSchema || (answer.calledTools && answer.text === '')) return undefined;
        return checker.output(outputSchema, answer.text, chunk.finishReason, signal);
      }
    }
    throw new Error('A provider ended its stream without a finish, which it must report as CUT_OFF.');
  }
}
