import { ForTag, TablerowTag, type Template, TypeGuards } from 'liquidjs';
import { type VariableType } from './content.js';

/** What a template does with a variable that a plain text can't stand: loops over it, looks something up in it, or reads a property by its name. */
export type NeededShape = 'LIST' | 'STRUCTURE' | 'OBJECT';

const shapes: readonly (NeededShape | undefined)[] = [undefined, 'LIST', 'STRUCTURE', 'OBJECT'];

/** @param path what follows the variable's name: names and numbers, and anything else where that is a variable itself */
export function shapeOf(path: readonly unknown[], looped: boolean): NeededShape | undefined {
  const [first] = path;
  if (path.length === 0) return looped ? 'LIST' : undefined;
  // Texts have a size, too.
  if (first === 'size') return undefined;
  if (typeof first === 'number' || first === 'first' || first === 'last') return 'LIST';
  return typeof first === 'string' ? 'OBJECT' : 'STRUCTURE';
}

/** What satisfies both. */
export function greaterShape(one: NeededShape | undefined, other: NeededShape | undefined): NeededShape | undefined {
  return shapes[Math.max(shapes.indexOf(one), shapes.indexOf(other))];
}

/** The type of a variable of which nobody has said more. */
export function typeFor(shape: NeededShape | undefined): VariableType {
  if (shape === undefined) return 'STRING';
  return shape === 'LIST' ? 'LIST' : 'JSON';
}

/** Where what is looped over stands, by row and column. */
export function loopedPlaces(templates: readonly Template[]): Set<string> {
  const places = new Set<string>();
  const waiting = [...templates];
  for (let template = waiting.pop(); template; template = waiting.pop()) {
    if ((template instanceof ForTag || template instanceof TablerowTag) && TypeGuards.isPropertyAccessToken(template.collection)) {
      places.add(template.collection.getPosition().join(' '));
    }
    // Nothing is read from anywhere, so the generator yields nothing to wait for.
    const step = template.children?.(false, true).next();
    if (step?.done) waiting.push(...step.value);
  }
  return places;
}
