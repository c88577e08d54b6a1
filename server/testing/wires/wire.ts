import { type z } from 'zod';

/** A call of a tool. The pieces are the JSON text of its arguments, each streamed by itself; together they need not be JSON. */
export interface ModelServerToolCall {
  id: string;
  name: string;
  pieces: string[];
}

export interface AnswerEnd {
  /** As OpenAI's chat completions say it: `stop`, `length`, `tool_calls`, `content_filter`. */
  finishReason: string;
  /** False: none is reported. */
  usage: { inputTokens: number; outputTokens: number; cachedTokens: number | undefined } | false;
}

/** How a provider writes what it answers, as server-sent events. */
export interface Wire<Body> {
  /** What follows the origin in a base URL. */
  readonly basePath: string;
  /** Whether models are asked at this path, which begins with the base path. */
  asksModel(path: string): boolean;
  readonly request: z.ZodType<Body>;
  readonly begin: string;
  text(token: string, index: number): string;
  /** @param whole false: it breaks off within */
  toolCall(call: ModelServerToolCall, index: number, whole: boolean): string;
  end(end: AnswerEnd): string;
  /** An error in the middle of a stream. */
  error(message: string): string;
  /** What lists these models at `/models`. */
  listing(names: readonly string[]): object;
}

export function sse(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
