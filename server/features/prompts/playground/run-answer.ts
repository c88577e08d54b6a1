import { type FinishReason, type ModelMessage, type ModelUsage } from '../../providers/provider.js';
import { countTokens } from '../../providers/token-count.js';
import { type CheckedToolCall, type RunOutcome } from './prompt-run.js';
import { tooLong } from './run-failure.js';

/** Longest answer, in characters. */
const longestAnswer = 2_000_000;

/** What has arrived of an answer, and when. Times count from its making. */
export class RunAnswer {
  private readonly startedAt = performance.now();
  private readonly pieces: string[] = [];
  private readonly toolCalls: CheckedToolCall[] = [];
  private length = 0;
  private firstTokenMs: number | undefined;
  private end: { finishReason: FinishReason; usage: ModelUsage; durationMs: number } | undefined;

  constructor(private readonly messages: readonly ModelMessage[]) {}

  /** @throws RunEnded for more than anybody wants to read */
  addText(text: string): void {
    this.arrived();
    this.length += text.length;
    if (this.length > longestAnswer) throw tooLong(longestAnswer);
    this.pieces.push(text);
  }

  addToolCall(toolCall: CheckedToolCall): void {
    this.toolCalls.push(toolCall);
  }

  /** Something of the answer is there. */
  arrived(): void {
    this.firstTokenMs ??= this.elapsed();
  }

  finish(finishReason: FinishReason, usage: ModelUsage): void {
    this.end = { finishReason, usage, durationMs: this.elapsed() };
  }

  /** As it can be stored: PostgreSQL takes no NUL, and UTF-8 no half of a surrogate pair. */
  get text(): string {
    return this.pieces.join('').replaceAll('\0', '\uFFFD').toWellFormed();
  }

  get calledTools(): boolean {
    return this.toolCalls.length > 0;
  }

  outcome(): Pick<RunOutcome, 'output' | 'toolCalls' | 'finishReason' | 'usage' | 'firstTokenMs' | 'durationMs'> {
    const { toolCalls, firstTokenMs, end } = this;
    const { finishReason, usage = this.countedUsage(), durationMs = this.elapsed() } = end ?? {};
    return { output: this.text, toolCalls, finishReason, usage, firstTokenMs, durationMs };
  }

  /** An answer that breaks off does not say what it used; what of it has come will have been charged. */
  private countedUsage(): ModelUsage {
    if (this.firstTokenMs === undefined) return { inputTokens: 0, outputTokens: 0 };
    const called = this.toolCalls.map(({ name, arguments: given }) => `${name} ${JSON.stringify(given)}`);
    return { inputTokens: sumOfTokens(this.messages.map(({ content }) => content)), outputTokens: sumOfTokens([this.text, ...called]) };
  }

  private elapsed(): number {
    return performance.now() - this.startedAt;
  }
}

function sumOfTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + countTokens(text), 0);
}
