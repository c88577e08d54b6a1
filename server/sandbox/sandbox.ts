/** Runs what users write, templates, expressions and schemas, outside the main thread, so that none of it can block or crash the process. */
export interface Sandbox {
  /**
   * Evaluates a JSONata expression over a JSON value.
   * @returns a JSON value; null where the expression selects nothing
   * @throws SandboxError
   */
  evaluate(expression: string, input: unknown, options?: SandboxOptions): Promise<unknown>;
  /**
   * Renders Liquid templates strictly, all with the same variables.
   * @returns the texts in the order of the templates
   * @throws SandboxError, for an unknown variable too
   */
  render(templates: readonly string[], variables: Readonly<Record<string, unknown>>, options?: RenderOptions): Promise<string[]>;
  /**
   * Checks JSON values against JSON Schemas of draft 7, 2019-09 or 2020-12, which is meant where `$schema` says nothing.
   * @returns for each what its schema finds wrong with it, in words; empty where it fits
   * @throws SandboxError, SYNTAX for a schema that is none
   */
  checkSchemas(checks: readonly SchemaCheck[], options?: SandboxOptions): Promise<string[][]>;
  close(): Promise<void>;
}

export interface SchemaCheck {
  schema: Readonly<Record<string, unknown>>;
  value: unknown;
}

export interface SandboxOptions {
  /** Longest time that it may take; then the thread is ended. 1,000 when absent. */
  timeoutMs?: number | undefined;
  /** Aborting ends it; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Whom it is for, which is a workspace. Each takes its turn, and none holds all the processes. */
  fairnessKey?: string | undefined;
  /** With this many waiting for the same key, it is refused at once with a RateLimitedError. Absent: it waits, however many there are. */
  mostWaiting?: number | undefined;
}

/** The same sandbox, all for one key. */
export function sandboxFor(sandbox: Pick<Sandbox, 'checkSchemas'>, fairnessKey: string): Pick<Sandbox, 'checkSchemas'> {
  return { checkSchemas: (checks, options) => sandbox.checkSchemas(checks, { ...options, fairnessKey }) };
}

export interface RenderOptions extends SandboxOptions {
  /** The templates that `{% prompt %}` tags find, by `targetKey`. They see the same variables. */
  included?: Readonly<Record<string, string>> | undefined;
  /** Names of variables that have no value: they come out as `{{ name }}`. */
  unset?: readonly string[] | undefined;
}

/** SYNTAX: it can't be parsed. RUNTIME: it failed on these values. TIMEOUT: it took too long. LIMIT: it wants too much memory or output. */
export type SandboxErrorCode = 'SYNTAX' | 'RUNTIME' | 'TIMEOUT' | 'LIMIT';

export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  constructor(
    readonly code: SandboxErrorCode,
    message: string,
    /** Which of the templates of a rendering failed, where that is known. */
    readonly template?: number,
  ) {
    super(message);
  }
}
