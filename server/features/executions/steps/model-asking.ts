import { type ModelSettings } from '../../prompts/content/content.js';
import { type RenderedMessage } from '../../prompts/content/rendered-message.js';
import { type AnswerChecker, readJson } from '../../prompts/playground/answer-check.js';
import { type MeteredCalls, type MeteredFinish } from '../../providers/metered-calls.js';
import { type JsonSchema, type ModelInfo, type ModelUsage } from '../../providers/provider.js';
import { type Spender } from '../../providers/spending/spending.service.js';
import { type StepDetails } from '../execution.types.js';
import { type CallError, type ModelCallRecord, noUsage, spentOn, type Standing, standingOf, type Usage } from '../model-call.js';
import { type Payers } from '../payers.js';
import { attemptFailure, AttemptTimeoutError, StepError } from '../step-failure.js';
import { isStopReason } from '../stop-reason.js';
import { type CallContext, type PreparedStep, type StepResult, type StepWork } from './step-runner.js';

/** What a step asks of models. */
export interface ModelQuestion {
  /** One, or several with a mode. */
  models: readonly ModelSettings[];
  /** PARALLEL: all are asked. FALLBACK: each once those before it have failed for good. */
  mode?: 'PARALLEL' | 'FALLBACK' | undefined;
  messages: RenderedMessage[];
  outputSchema?: JsonSchema | undefined;
  /** How often a model may mend an answer that does not fit. Absent: the answer comes out as text, whatever it is. */
  repairs?: number | undefined;
  promptVersionId?: string | undefined;
}

/** Asks models for steps. What a finished call gave is kept, so that no attempt after it, and no process, pays for the same again. */
export class ModelAsking {
  constructor(
    private readonly models: MeteredCalls,
    private readonly payers: Payers,
    private readonly checker: AnswerChecker,
  ) {}

  async prepare(work: StepWork, question: ModelQuestion): Promise<PreparedStep> {
    const { workspaceId } = work.execution;
    const infos = await Promise.all(question.models.map(({ model }) => this.models.find(workspaceId, model)));
    const details: StepDetails = {
      provider: [...new Set(infos.map((info) => info?.provider ?? 'unknown'))].join(', '),
      model: question.models.map(({ model }) => model).join(', '),
      simulated: infos.every((info) => info?.simulated),
      promptVersionId: question.promptVersionId,
      messages: question.messages,
      calls: work.previous?.calls ?? [],
    };
    const checker = this.checker.for(workspaceId);
    const spender: Spender = { ...(await this.payers.of(work.execution)), promptVersionId: question.promptVersionId };
    const places = placesToAsk(work, question, details.calls);
    const until = this.models.turn(turnOf(work, details.calls), places.map((place) => ({ model: infos[place], call: { ...question, ...question.models[place] } })));
    if (until) return { kind: 'wait', wait: { reason: 'RATE_LIMIT' }, until, sameAttempt: true };
    return { kind: 'call', details, call: (context) => new Inquiry(work, question, details, context, this.models, spender, checker, new Set(places)).run() };
  }
}

/** By which the next call of a step has its place in line, the same until it is made. */
function turnOf({ execution, step }: StepWork, calls: readonly ModelCallRecord[]): string {
  return `${execution.id} ${step.key} ${calls.length}`;
}

/** Those of the models that an attempt begins with, by their places. */
function placesToAsk({ step }: StepWork, { models, mode, repairs = 0 }: ModelQuestion, calls: readonly ModelCallRecord[]): number[] {
  const standings = models.map((_, place) => ({ place, ...standingOf(calls, place, repairs) }));
  const open = standings.filter((standing) => !standing.answer && (mode !== 'FALLBACK' || !isGivenUp(standing, step.retry.maxAttempts))).map(({ place }) => place);
  return mode === 'PARALLEL' ? open : open.slice(0, 1);
}

function isGivenUp({ error, failures }: Pick<Standing, 'error' | 'failures'>, maxAttempts: number): boolean {
  return error !== undefined && (!error.retryable || failures >= maxAttempts);
}

/** One attempt of one step. */
class Inquiry {
  private readonly calls: ModelCallRecord[];
  private readonly repairs: number;
  private asked = 0;

  constructor(
    private readonly work: StepWork,
    private readonly question: ModelQuestion,
    private readonly begun: StepDetails,
    private readonly context: CallContext,
    private readonly models: MeteredCalls,
    private readonly spender: Spender,
    private readonly checker: AnswerChecker,
    /** Places of the models whose turn it is. */
    private readonly granted: Set<number>,
  ) {
    this.calls = [...begun.calls];
    this.repairs = question.repairs ?? 0;
  }

  async run(): Promise<StepResult> {
    const { mode } = this.question;
    if (mode === 'PARALLEL') return this.askAll();
    const answer = mode === 'FALLBACK' ? await this.askInTurn() : await this.askOne();
    return this.finish(this.outputOf(answer), answer);
  }

  private async askOne(): Promise<ModelCallRecord> {
    const answer = await this.ask(0);
    if (answer) return answer;
    const { code, message, retryable, retryAfterMs } = errorOf(this.standing(0));
    throw new StepError(code, message, retryable, retryAfterMs);
  }

  private async askInTurn(): Promise<ModelCallRecord> {
    const { models } = this.question;
    for (const [place, { model }] of models.entries()) {
      if (this.isGivenUp(place)) continue;
      const answer = await this.ask(place);
      if (answer) return answer;
      const { failures, ...standing } = this.standing(place);
      const { code, message, retryAfterMs } = errorOf(standing);
      if (!this.isGivenUp(place)) throw new StepError(code, message, true, retryAfterMs, failures);
      const next = models[place + 1]?.model;
      if (next === undefined) break;
      this.work.log('warn', `${model} is given up and ${next} is asked instead. ${message}`);
      // The time that this attempt may take is used up, so that the next model gets an attempt of its own.
      if (this.work.signal.aborted) throw new StepError(code, message, true, undefined, 0);
      await this.context.save(this.details(), spentOn(this.calls));
    }
    throw this.nobodyAnswered(false);
  }

  private async askAll(): Promise<StepResult> {
    const { models } = this.question;
    let open = models.length;
    const asked = await Promise.allSettled(
      models.map(async (_, place) => {
        const answer = await this.ask(place);
        // What the last one gave is stored with the step itself.
        if (--open > 0) await this.context.save(this.details(), spentOn(this.calls));
        return answer;
      }),
    );
    const fault = asked.find((result) => result.status === 'rejected');
    if (fault) throw fault.reason;
    const answers = asked.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
    if (answers.every((answer) => !answer)) throw this.nobodyAnswered(answers.some((_, place) => errorOf(this.standing(place)).retryable));
    return this.finish(models.map(({ model }, place) => this.entryOf(model, place, answers[place])), undefined);
  }

  /** Asks until there is an answer, or asking has come to nothing. */
  private async ask(place: number): Promise<ModelCallRecord | undefined> {
    const before = this.standing(place);
    if (before.answer) return before.answer;
    for (let now = before; now.failures === before.failures; ) {
      this.calls.push(await this.call(place, now.misfits));
      now = this.standing(place);
      this.context.note(this.details(), spentOn(this.calls));
      if (now.answer) return now.answer;
      const misfit = now.misfits.at(-1);
      if (now.failures > before.failures || !misfit) continue;
      this.work.log('warn', `The answer of ${misfit.model} does not fit the output schema, so it is asked to mend it.`, { problems: misfit.problems });
      await this.context.save(this.details(), spentOn(this.calls));
    }
    return undefined;
  }

  /** @throws what ends the attempt, or is the fault of the product */
  private async call(place: number, misfits: readonly ModelCallRecord[]): Promise<ModelCallRecord> {
    const settings = this.question.models[place];
    if (!settings) throw new Error(`A step asks ${this.question.models.length} models, and there is no place ${place}.`);
    // Before anything is waited for: those that begin together share a turn.
    const turn = turnOf(this.work, this.calls);
    const info = await this.models.find(this.spender.workspaceId, settings.model);
    if (!this.granted.delete(place)) this.takeTurn(turn, info, settings, misfits);
    const about = { place, model: settings.model, provider: info?.provider ?? 'unknown', simulated: info?.simulated ?? false };
    const began = performance.now();
    const durationMs = () => Math.round(performance.now() - began);
    try {
      const { text, finishReason, usage, cost } = await this.stream(turn, settings, misfits);
      const problems = await this.problemsOf(text, finishReason);
      const ended = { ...about, output: text, usage: usageOf(usage), ...(cost && { costUsd: cost.usd, prices: cost.prices }), durationMs: durationMs(), finishReason };
      return { ...ended, status: 'COMPLETED', ...(problems.length > 0 && { problems }) };
    } catch (error) {
      return { ...about, status: 'FAILED', error: this.failureOf(error), usage: noUsage, durationMs: durationMs() };
    }
  }

  /** No worker is held for it: where it is not its turn, the attempt ends, and counts as none. */
  private takeTurn(turn: string, model: ModelInfo | undefined, settings: ModelSettings, misfits: readonly ModelCallRecord[]): void {
    const until = this.models.turn(turn, [{ model, call: { ...this.question, ...settings, messages: this.messages(misfits) } }]);
    if (!until) return;
    const waitMs = Math.max(0, until.getTime() - this.work.now().getTime());
    throw new StepError('RATE_LIMITED', `The provider of ${settings.model} takes no more calls this minute. It is asked when its turn comes.`, true, waitMs, 0);
  }

  private async stream(turn: string, { model, ...settings }: ModelSettings, misfits: readonly ModelCallRecord[]): Promise<{ text: string } & Omit<MeteredFinish, 'type'>> {
    const { outputSchema, mode } = this.question;
    const { signal } = this.work;
    const pieces: string[] = [];
    // Pieces of several answers at a time would make no sense.
    const show = mode === 'PARALLEL' ? () => undefined : this.context.onText;
    if (this.asked++ > 0) show('\n\n');
    for await (const chunk of this.models.stream(this.spender, turn, model, { ...settings, messages: this.messages(misfits), outputSchema, signal })) {
      if (chunk.type === 'finish') return { ...chunk, text: pieces.join('') };
      if (chunk.type === 'tool-call') continue;
      pieces.push(chunk.text);
      show(chunk.text);
    }
    throw new Error('A provider ended its stream without a finish, which it must report as CUT_OFF.');
  }

  private messages(misfits: readonly ModelCallRecord[]): RenderedMessage[] {
    return [
      ...this.question.messages,
      ...misfits.flatMap(({ output = '', problems = [] }): RenderedMessage[] => [
        { role: 'ASSISTANT', content: output },
        { role: 'USER', content: `This does not fit the JSON Schema of the answer:\n${problems.map((problem) => `- ${problem}`).join('\n')}\nAnswer again, with JSON that fits it and nothing else.` },
      ]),
    ];
  }

  private async problemsOf(text: string, finishReason: MeteredFinish['finishReason']): Promise<string[]> {
    const { outputSchema, repairs } = this.question;
    if (!outputSchema || repairs === undefined) return [];
    // The call is paid for, so that even an attempt that is being ended finds out what it gave.
    return this.checker.output(outputSchema, text, finishReason, new AbortController().signal);
  }

  /** @throws what ends the attempt, or is the fault of the product */
  private failureOf(error: unknown): CallError {
    const { signal, step } = this.work;
    if (signal.aborted && isStopReason(signal.reason)) throw error;
    const failure = attemptFailure(signal.aborted ? new AttemptTimeoutError(step.timeoutMs) : error);
    if (!failure) throw error;
    const { code, message, retryable, retryAfterMs } = failure;
    return { code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }

  private standing(place: number): Standing {
    return standingOf(this.calls, place, this.repairs);
  }

  private isGivenUp(place: number): boolean {
    return isGivenUp(this.standing(place), this.work.step.retry.maxAttempts);
  }

  private nobodyAnswered(retryable: boolean): StepError {
    const errors = this.question.models.map(({ model }, place) => ({ model, ...errorOf(this.standing(place)) }));
    const waits = errors.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
    const message = `None of the ${errors.length} models answered. ${errors.map(({ model, message }) => `${model}: ${message}`).join(' ')}`;
    return new StepError(errors.at(-1)?.code ?? 'NO_ANSWER', message, retryable, waits.length > 0 ? Math.max(...waits) : undefined);
  }

  private outputOf({ output = '' }: ModelCallRecord): unknown {
    return this.question.outputSchema && this.question.repairs !== undefined ? readJson(output)?.value : output;
  }

  private entryOf(model: string, place: number, answer: ModelCallRecord | undefined) {
    const calls = this.calls.filter((call) => call.place === place);
    const { code, message } = answer ? { code: '', message: '' } : errorOf(this.standing(place));
    const { usage, costUsd = null } = spentOn(calls);
    const durationMs = calls.reduce((sum, call) => sum + call.durationMs, 0);
    return { model, output: answer ? this.outputOf(answer) : null, error: answer ? null : { code, message }, usage, costUsd, durationMs };
  }

  private details(): StepDetails {
    return { ...this.begun, calls: [...this.calls] };
  }

  private finish(output: unknown, answer: ModelCallRecord | undefined): StepResult {
    const { provider, model, simulated, finishReason } = answer ?? this.begun;
    return { output, ...spentOn(this.calls), ...(finishReason !== undefined && { finishReason }), details: { ...this.details(), provider, model, simulated, finishReason } };
  }
}

function errorOf({ error }: Pick<Standing, 'error'>): CallError {
  if (!error) throw new Error('A model that gave no answer has no error either.');
  return error;
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens = 0, reasoningTokens = 0 }: ModelUsage): Usage {
  return { inputTokens, outputTokens, cachedInputTokens, reasoningTokens };
}
