import type { VariableType } from '../prompt-draft';

/** What a template does with a variable that a plain text can't stand: loops over it, looks something up in it, or reads a property by its name. The server reads templates by the same rule. */
export type NeededShape = 'LIST' | 'STRUCTURE' | 'OBJECT';

const shapes: readonly (NeededShape | undefined)[] = [undefined, 'LIST', 'STRUCTURE', 'OBJECT'];

/** `path` is what follows the variable's name: names and numbers, and anything else where that is a variable itself. */
export function shapeOf(path: readonly unknown[], looped: boolean): NeededShape | undefined {
  const [first] = path;
  if (path.length === 0) return looped ? 'LIST' : undefined;
  // Texts have a size, too.
  if (first === 'size') return undefined;
  if (typeof first === 'number' || first === 'first' || first === 'last') return 'LIST';
  return typeof first === 'string' ? 'OBJECT' : 'STRUCTURE';
}

/** What satisfies both. */
export const greaterShape = (one: NeededShape | undefined, other: NeededShape | undefined): NeededShape | undefined =>
  shapes[Math.max(shapes.indexOf(one), shapes.indexOf(other))];

/** The type of a variable of which nobody has said more. */
export const typeFor = (shape: NeededShape | undefined): VariableType => (shape === undefined ? 'STRING' : shape === 'LIST' ? 'LIST' : 'JSON');

const lists: readonly VariableType[] = ['LIST', 'JSON', 'MESSAGES'];
const fitting: Record<NeededShape, readonly VariableType[]> = { LIST: lists, STRUCTURE: lists, OBJECT: ['JSON'] };
const inWords: Record<NeededShape, string> = { LIST: 'is used as a list', STRUCTURE: 'has something looked up in it', OBJECT: 'has properties' };

/** Why a variable of this type can't be what its template makes of it, and the type that can; undefined where it can. */
export function typeProblem(type: VariableType, shape: NeededShape | undefined): { use: string; better: VariableType } | undefined {
  return shape === undefined || fitting[shape].includes(type) ? undefined : { use: inWords[shape], better: typeFor(shape) };
}
