import jsonata from 'jsonata';
import { z } from 'zod';
import { BoundedCache } from '../bounded-cache.js';

/** Longer expressions are not looked at: what is evaluated here must take no time to speak of. */
const longest = 1_000;
const deepest = 50;
/** Texts that are put together here. */
const longestText = 1_000;

const position = z.number().optional();

/** The parts of JSONata's syntax tree that are simple. Anything more in a node, such as a filter, makes it something else. */
type Node =
  | { type: 'number' | 'string' | 'value'; value: string | number | boolean | null }
  | { type: 'path'; steps: { value: string }[] }
  | { type: 'block'; expressions: Node[] }
  | { type: 'binary'; value: string; lhs: Node; rhs: Node }
  | { type: 'condition'; condition: Node; then: Node; else: Node }
  | { type: 'unary'; value: '-'; expression: Node }
  | { type: 'unary'; value: '['; expressions: Node[] }
  | { type: 'unary'; value: '{'; lhs: [{ value: string }, Node][] };

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.union([
    z.strictObject({ type: z.enum(['number', 'string', 'value']), value: z.union([z.string(), z.number(), z.boolean(), z.null()]), position }),
    z.strictObject({ type: z.literal('path'), steps: z.array(z.strictObject({ type: z.literal('name'), value: z.string(), position })), position }),
    z.strictObject({ type: z.literal('block'), expressions: z.array(nodeSchema).length(1), position }),
    z.strictObject({ type: z.literal('binary'), value: z.string(), lhs: nodeSchema, rhs: nodeSchema, position }),
    z.strictObject({ type: z.literal('condition'), condition: nodeSchema, then: nodeSchema, else: nodeSchema, position }),
    z.strictObject({ type: z.literal('unary'), value: z.literal('-'), expression: nodeSchema, position }),
    z.strictObject({ type: z.literal('unary'), value: z.literal('['), expressions: z.array(nodeSchema), position }),
    z.strictObject({
      type: z.literal('unary'),
      value: z.literal('{'),
      lhs: z.array(z.tuple([z.strictObject({ type: z.literal('string'), value: z.string(), position }), nodeSchema])),
      position,
    }),
  ]),
);

type Evaluate = (input: unknown) => unknown;

/** It is not as simple as it looked: these values take JSONata itself. */
class NotSimpleError extends Error {
  override readonly name = 'NotSimpleError';
}

/**
 * Evaluates the JSONata that can neither loop nor grow, on values for which there is no doubt what it means: properties, arithmetic, comparisons, choices, and
 * small objects and lists. It saves the way to a sandbox process, which costs more than everything else that a step does. Whatever is out of the ordinary, a list
 * on the way or a value that is missing, is left to JSONata: a test holds the two against one another.
 */
export class SimpleExpressions {
  private readonly compiled = new BoundedCache<{ evaluate: Evaluate | undefined }>(500, 250_000);

  /** @returns undefined where JSONata itself must say */
  evaluate(expression: string, input: unknown): { value: unknown } | undefined {
    if (expression.length > longest) return undefined;
    const { evaluate } = this.compiled.getOrMake(expression, (text) => ({ evaluate: compile(text) }));
    if (!evaluate) return undefined;
    try {
      return { value: evaluate(input) };
    } catch (error) {
      if (error instanceof NotSimpleError) return undefined;
      throw error;
    }
  }
}

function compile(expression: string): Evaluate | undefined {
  if (nestsDeep(expression)) return undefined;
  try {
    // The parser's nodes inherit from its own symbols; a copy has only what is theirs.
    const { data } = nodeSchema.safeParse(JSON.parse(JSON.stringify(jsonata(expression).ast())));
    return data && compileNode(data);
  } catch {
    // What is wrong with it, JSONata says when it is evaluated.
    return undefined;
  }
}

/** Counts brackets in texts too, which does no harm. */
function nestsDeep(expression: string): boolean {
  return (expression.match(/[([{?-]/g)?.length ?? 0) > deepest;
}

function compileNode(node: Node): Evaluate | undefined {
  switch (node.type) {
    case 'number':
    case 'string':
    case 'value':
      return () => node.value;
    case 'path':
      return path(node.steps.map(({ value }) => value));
    case 'block':
      return node.expressions[0] && compileNode(node.expressions[0]);
    case 'binary':
      return binary(node.value, compileNode(node.lhs), compileNode(node.rhs));
    case 'condition':
      return choice(compileNode(node.condition), compileNode(node.then), compileNode(node.else));
    case 'unary':
      return unary(node);
  }
}

function path(names: readonly string[]): Evaluate {
  return (input) => {
    let value = input;
    for (const name of names) value = property(value, name);
    return settled(value);
  };
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) throw new NotSimpleError();
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** JSONata flattens lists and drops what is missing. */
function settled(value: unknown): unknown {
  if (value === undefined || Array.isArray(value)) throw new NotSimpleError();
  return value;
}

const arithmetic: Record<string, (one: number, other: number) => number> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
};

const comparisons: Record<string, (one: number | string, other: number | string) => boolean> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

function binary(operator: string, left: Evaluate | undefined, right: Evaluate | undefined): Evaluate | undefined {
  if (!left || !right) return undefined;
  const calculate = Object.hasOwn(arithmetic, operator) ? arithmetic[operator] : undefined;
  if (calculate) return (input) => finite(calculate(finite(left(input)), finite(right(input))));
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (compare) return (input) => comparison(compare, left(input), right(input));
  switch (operator) {
    case '=':
      return (input) => scalar(left(input)) === scalar(right(input));
    case '!=':
      return (input) => scalar(left(input)) !== scalar(right(input));
    case 'and':
      return (input) => both(truth(left(input)), truth(right(input)));
    case 'or':
      return (input) => !both(!truth(left(input)), !truth(right(input)));
    case '&':
      return (input) => shortText(shortText(left(input)) + shortText(right(input)));
    default:
      return undefined;
  }
}

function comparison(compare: (one: number | string, other: number | string) => boolean, one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return compare(one, other);
  if (typeof one === 'string' && typeof other === 'string') return compare(one, other);
  throw new NotSimpleError();
}

function choice(condition: Evaluate | undefined, then: Evaluate | undefined, otherwise: Evaluate | undefined): Evaluate | undefined {
  if (!condition || !then || !otherwise) return undefined;
  return (input) => (truth(condition(input)) ? then(input) : otherwise(input));
}

function unary(node: Extract<Node, { type: 'unary' }>): Evaluate | undefined {
  switch (node.value) {
    case '-': {
      const operand = compileNode(node.expression);
      return operand && ((input) => finite(-finite(operand(input))));
    }
    case '[': {
      const items = node.expressions.flatMap((item) => compilePart(item) ?? []);
      return items.length === node.expressions.length ? (input) => items.map((item) => item(input)) : undefined;
    }
    case '{':
      return object(node.lhs);
  }
}

/** A part of an object or list: put together on the spot too, or small. */
function compilePart(node: Node): Evaluate | undefined {
  const evaluate = compileNode(node);
  if (node.type === 'unary' && node.value !== '-') return evaluate;
  return evaluate && ((input) => small(evaluate(input)));
}

function object(pairs: readonly [{ value: string }, Node][]): Evaluate | undefined {
  const entries = pairs.flatMap(([{ value: key }, node]) => {
    const value = compilePart(node);
    return value ? [{ key, value }] : [];
  });
  if (new Set(entries.map(({ key }) => key)).size < pairs.length) return undefined;
  return (input) => Object.fromEntries(entries.map(({ key, value }) => [key, value(input)]));
}

function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new NotSimpleError();
  // JSON knows no other zero.
  return value === 0 ? 0 : value;
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new NotSimpleError();
  return value;
}

// Both sides are read, so that what JSONata refuses is not passed over.
function both(one: boolean, other: boolean): boolean {
  return one && other;
}

function scalar(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) throw new NotSimpleError();
  return value;
}

function shortText(value: unknown): string {
  if (typeof value !== 'string' || value.length > longestText) throw new NotSimpleError();
  return value;
}

/** What may stand in an object or list that is put together here: it can't grow by being named often. */
function small(value: unknown): unknown {
  if (typeof value === 'string') return shortText(value);
  if (typeof value === 'object' && value !== null) throw new NotSimpleError();
  return value;
}
