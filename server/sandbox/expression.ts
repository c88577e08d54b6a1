import jsonata from 'jsonata';
import { BoundedCache } from '../bounded-cache.js';
import { OUTPUT_LIMIT, tooMuchOutput } from './protocol.js';
import { SandboxError } from './sandbox.js';

const MAX_LENGTH = 20_000;
/** Nested evaluations, far below what the thread's stack can hold. */
const MAX_DEPTH = 1_000;

/**
 * Says in words what is wrong with a JSONata expression's syntax, and where. Parses only, so that it is quick and safe on any text.
 * @returns undefined where nothing is wrong
 */
export function checkExpression(expression: string): string | undefined {
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    if (error instanceof SandboxError) return error.message;
    throw error;
  }
}

/** Evaluates JSONata on the thread that it is called on, without a limit of time. */
export class ExpressionEngine {
  private readonly parsed = new BoundedCache<jsonata.Expression>(500, 1_000_000);

  /**
   * @returns the result as JSON text; `null` where the expression selects nothing
   * @throws SandboxError
   */
  async evaluate(expression: string, input: unknown): Promise<string> {
    const compiled = this.parsed.getOrMake(expression, parse);
    let result: unknown;
    try {
      result = await compiled.evaluate(input, {});
    } catch (error) {
      throw problemOf(error, expression, 'RUNTIME');
    }
    return toJson(result);
  }
}

function parse(expression: string): jsonata.Expression {
  if (expression.trim() === '') throw new SandboxError('SYNTAX', 'The expression is empty.');
  if (expression.length > MAX_LENGTH) {
    throw new SandboxError('SYNTAX', `The expression is too long: ${expression.length} characters, where ${MAX_LENGTH} are allowed.`);
  }
  try {
    return jsonata(expression, { stack: MAX_DEPTH });
  } catch (error) {
    throw problemOf(error, expression, 'SYNTAX');
  }
}

function toJson(result: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(result, (_key, value: unknown) => {
      if (isFunction(value)) throw new SandboxError('RUNTIME', 'The result holds a function. Call it, or leave it out: only JSON can be passed on.');
      return value;
    });
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    if (error instanceof TypeError) throw new SandboxError('RUNTIME', 'The result refers to itself, so it is not JSON.');
    throw new SandboxError('LIMIT', tooMuchOutput);
  }
  if (json === undefined) return 'null';
  if (json.length > OUTPUT_LIMIT) throw new SandboxError('LIMIT', tooMuchOutput);
  return json;
}

function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value);
}

function problemOf(error: unknown, expression: string, code: 'SYNTAX' | 'RUNTIME'): SandboxError {
  if (error instanceof RangeError) return new SandboxError('LIMIT', 'The expression is nested too deep, or makes too large a value.');
  if (!isJsonataProblem(error)) return new SandboxError(code, 'The expression failed.');
  if (error.code === 'D1011') return new SandboxError('LIMIT', 'The expression calls itself too deep. Does the recursion end?');
  const text = error.message.replace(/[.\s]+$/, '');
  if (typeof error.position !== 'number' || error.position < 1) return new SandboxError(code, `${text}.`);
  return new SandboxError(code, `${text}, at character ${Math.min(error.position, expression.length)}.`);
}

// JSONata throws plain objects for its own problems, and errors for those that it did not foresee.
function isJsonataProblem(error: unknown): error is { message: string; code?: unknown; position?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}
