import { LiquidError } from 'liquidjs';
import { problemAt, problemMessage, type TemplateProblem } from './template-problem';

const deepest = 100;

/** Liquid follows nested blocks and brackets by calling itself, until a stack overflows: no prompt needs as many. */
export function placeTooDeep(template: string): number | undefined {
  let blocks = 0;
  let brackets = 0;
  let inCode = false;
  for (const { 0: found, 1: end, 2: block, index } of template.matchAll(/\{%-?\s*(end)?(if|unless|case|for|tablerow|capture)\b|\{[{%]|[%}]\}|[[\]]/g)) {
    if (block) blocks += end ? -1 : 1;
    if (found.length > 1) {
      inCode = found.startsWith('{');
      brackets = 0;
    } else if (inCode) {
      brackets += found === '[' ? 1 : -1;
    }
    if (blocks > deepest || brackets > deepest) return index;
  }
  return undefined;
}

/** What stopped Liquid, and the code that it stopped at. `readable` is the template with what is known to be at fault blanked out. */
export function faultOf(error: unknown, template: string, readable: string): { from: number; to: number; problem: TemplateProblem } {
  if (!LiquidError.is(error)) {
    const message = error instanceof RangeError ? 'This is nested too deep.' : 'The template could not be read.';
    return { from: 0, to: 0, problem: problemAt(template, 0, 0, message) };
  }
  const { begin } = error.token;
  const said = error.originalError?.message ?? error.message;
  const { from, to } = codeAround(readable, begin);
  const message = problemMessage(said, template.slice(from, to));
  return { from, to, problem: problemAt(template, from, Math.min(to, from + 80), message) };
}

/** The tag or output that an offset lies in; of one that another one begins in, or that never ends, its first two braces. */
function codeAround(template: string, offset: number): { from: number; to: number } {
  const opening = /\{\{|\{%-?\s*(raw\b)?/g;
  for (let found = opening.exec(template); found && found.index <= offset; found = opening.exec(template)) {
    const from = found.index;
    const close = template.indexOf(template.startsWith('{{', from) ? '}}' : '%}', from + 2);
    const next = template.slice(from + 2, close === -1 ? undefined : close).search(/\{\{|\{%/);
    const to = close === -1 || next !== -1 ? from + 2 : close + 2;
    if (to > offset || (close !== -1 && close + 2 > offset)) return { from, to };
    const rawEnd = found[1] ? template.slice(to).search(/\{%-?\s*endraw/) : -1;
    opening.lastIndex = rawEnd === -1 ? to : to + rawEnd;
  }
  return { from: offset, to: Math.min(template.length, offset + 2) };
}
