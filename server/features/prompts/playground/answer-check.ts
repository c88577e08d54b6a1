import { type Sandbox, SandboxError, sandboxFor, type SandboxOptions } from '../../../sandbox/sandbox.js';
import { type FinishReason, type ModelTool } from '../../providers/provider.js';
import { type CheckedToolCall } from './prompt-run.js';

/** Far more than any honest schema needs, even on a busy machine. */
const checkMs = 5_000;
/** Deeper than what the API passes on as JSON. */
const deepestJson = 100;

/** Holds what a model answered against the schemas of the prompt. */
export class AnswerChecker {
  constructor(private readonly sandbox: Pick<Sandbox, 'checkSchemas'>) {}

  /** The same, taking turns with other workspaces. */
  for(workspaceId: string): AnswerChecker {
    return new AnswerChecker(sandboxFor(this.sandbox, workspaceId));
  }

  async toolCall(tools: readonly ModelTool[], call: { id: string; name: string; arguments: string }, signal: AbortSignal): Promise<CheckedToolCall> {
    const { id, name } = call;
    // Some servers write nothing at all where a tool wants nothing.
    const json = readJson(call.arguments.trim() === '' ? '{}' : call.arguments);
    const tool = tools.find((known) => known.name === name);
    const unknown = tool ? [] : [`The prompt has no tool named "${name}".`];
    if (!json) return { id, name, arguments: null, problems: [...unknown, `The model wrote no JSON: ${shortened(call.arguments)}`] };
    const problems = tool ? await this.check(tool.parameters, json.value, signal) : unknown;
    return { id, name, arguments: json.value, problems };
  }

  async output(schema: ModelTool['parameters'], output: string, finishReason: FinishReason, signal: AbortSignal): Promise<string[]> {
    const json = readJson(output);
    if (json) return this.check(schema, json.value, signal);
    if (finishReason === 'length') return ['The answer is no JSON: it was cut off at the limit of tokens. Raise the most output tokens.'];
    return ['The answer is no JSON.'];
  }

  private async check(schema: ModelTool['parameters'], value: unknown, signal: AbortSignal): Promise<string[]> {
    const options: SandboxOptions = { timeoutMs: checkMs, signal };
    try {
      return (await this.sandbox.checkSchemas([{ schema, value }], options))[0] ?? [];
    } catch (error) {
      if (error instanceof SandboxError) return [`The schema could not be checked. ${error.message}`];
      throw error;
    }
  }
}

/** @returns undefined where the text is no JSON, or nested deeper than can be passed on */
export function readJson(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestJson) return false;
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return true;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
