import { type SandboxErrorCode, type SchemaCheck } from './sandbox.js';
import { type TemplateRequest } from './template.js';

/** What the pool asks of a process. A process is sent one at a time, so the one that stops answering names its culprit. */
export type SandboxRequest =
  | { kind: 'evaluate'; expression: string; input: unknown }
  | ({ kind: 'render' } & TemplateRequest)
  | { kind: 'check-schemas'; checks: readonly SchemaCheck[] };

/** `json` is the result as JSON text. A process says `ready` once, when it has loaded. */
export type SandboxReply = { json: string } | { ready: true } | { problem: { code: SandboxErrorCode; message: string; template?: number | undefined } };

/** Longest JSON text of a result, in characters. */
export const OUTPUT_LIMIT = 5_000_000;

export const tooMuchOutput = `The result is too large: at most ${OUTPUT_LIMIT / 1_000_000} MB of JSON can be passed on.`;
