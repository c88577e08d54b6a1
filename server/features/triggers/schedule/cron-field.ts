import { CronError } from './cron-error.js';

/** One of the six places of an expression. */
export interface FieldKind {
  name: string;
  lowest: number;
  highest: number;
  /** Names that stand for numbers from `lowest` on. */
  names?: readonly string[];
}

/** The values that a field allows. */
export class CronField {
  private readonly following: Uint8Array;

  constructor(
    readonly kind: FieldKind,
    readonly values: ReadonlySet<number>,
  ) {
    this.following = new Uint8Array(kind.highest + 2).fill(none);
    for (let value = kind.highest; value >= 0; value--) this.following[value] = values.has(value) ? value : (this.following[value + 1] ?? none);
  }

  get allowsAll(): boolean {
    return this.values.size === this.kind.highest - this.kind.lowest + 1;
  }

  get first(): number {
    return this.following[0] ?? none;
  }

  has(value: number): boolean {
    return this.following[value] === value;
  }

  /** @returns the smallest value allowed that is not below this one */
  from(value: number): number | undefined {
    const found = this.following[value] ?? none;
    return found === none ? undefined : found;
  }
}

const none = 255;

/** Parses one field: `*`, values, names, ranges, steps, and lists of those. */
export function parseField(text: string, kind: FieldKind): CronField {
  return new CronField(kind, new Set(text.split(',').flatMap((part) => valuesOf(part, text, kind))));
}

function valuesOf(part: string, text: string, kind: FieldKind): number[] {
  const [range = '', step, ...more] = part.split('/');
  if (range === '' || step === '' || more.length > 0) throw wrong(part, text, kind);
  const [first, last] = boundsOf(range, step !== undefined, text, kind);
  const by = step === undefined ? 1 : stepOf(step, last - first, text, kind);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

function boundsOf(range: string, stepped: boolean, text: string, kind: FieldKind): [number, number] {
  if (range === '*') return [kind.lowest, kind.highest];
  const [from = '', to, ...more] = range.split('-');
  if (from === '' || to === '' || more.length > 0) throw wrong(range, text, kind);
  const first = valueOf(from, text, kind);
  if (to === undefined) return [first, stepped ? kind.highest : first];
  const last = valueOf(to, text, kind);
  if (last < first) {
    throw new CronError(`The ${kind.name} range ${range} runs backwards. Write the two parts as a list: ${from}-${kind.highest},${kind.lowest}-${to}.`);
  }
  return [first, last];
}

function valueOf(text: string, field: string, kind: FieldKind): number {
  const named = kind.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return kind.lowest + named;
  if (!/^\d{1,4}$/.test(text)) throw wrong(text, field, kind);
  const value = Number(text);
  if (value < kind.lowest || value > kind.highest) throw new CronError(`The ${kind.name} ${text} is out of range. It goes from ${kind.lowest} to ${kind.highest}.`);
  return value;
}

function stepOf(text: string, span: number, field: string, kind: FieldKind): number {
  if (!/^\d{1,4}$/.test(text)) throw wrong(`/${text}`, field, kind);
  const step = Number(text);
  if (step === 0) throw new CronError(`The step in the ${kind.name} field ${field} must be at least 1.`);
  if (step > Math.max(span, 1)) {
    throw new CronError(`The step ${step} in the ${kind.name} field ${field} is longer than its range, so it would not repeat. A step counts within its own field and starts anew with each range.`);
  }
  return step;
}

function wrong(part: string, text: string, kind: FieldKind): CronError {
  const example = kind.names ? `, or names such as ${kind.names.slice(1, 3).join(' and ')}` : '';
  const where = part === text ? `The ${kind.name} field can’t be “${text}”.` : `The ${kind.name} field “${text}” has “${part}” in it, which is not cron.`;
  return new CronError(`${where} Write numbers from ${kind.lowest} to ${kind.highest}${example}, * for all, ranges (1-5), steps (*/2) and lists (1,15).`);
}
