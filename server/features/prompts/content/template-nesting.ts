/** Liquid follows nested blocks and brackets by calling itself, and near the end of the stack the engine may give up for good: no prompt needs as many. */
const deepest = 100;

const marks = /\{%-?\s*(end)?(if|unless|case|for|tablerow|capture)\b|\{[{%]|[%}]\}|[[\]()]/g;

/** @returns where a template nests blocks or brackets deeper than 100 */
export function placeTooDeep(template: string): number | undefined {
  let blocks = 0;
  let brackets = 0;
  let inCode = false;
  for (const { 0: found, 1: end, 2: block, index } of template.matchAll(marks)) {
    if (block) blocks += end ? -1 : 1;
    if (found.length > 1) {
      inCode = found.startsWith('{');
      brackets = 0;
    } else if (inCode) {
      brackets += found === '[' || found === '(' ? 1 : -1;
    }
    if (blocks > deepest || brackets > deepest) return index;
  }
  return undefined;
}
