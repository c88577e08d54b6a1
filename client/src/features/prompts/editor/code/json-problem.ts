import type { CodeProblem } from './use-code-editor';

/** Where a text stops being JSON, or undefined where it is. `mustBeObject`: an array or a plain value is a problem too. */
export function jsonProblem(text: string, { mustBeObject = false } = {}): (CodeProblem & { line: number; column: number }) | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!mustBeObject || (typeof value === 'object' && value !== null && !Array.isArray(value))) return undefined;
    return { from: 0, to: text.length, line: 1, column: 1, message: 'Write an object: { … }.' };
  } catch {
    const offset = endOfJson(text);
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const message = offset >= text.trimEnd().length ? 'The JSON ends too early.' : `“${text.slice(offset, offset + 1)}” does not belong here.`;
    return { from: Math.min(offset, Math.max(0, text.length - 1)), to: Math.min(text.length, offset + 1), line, column, message };
  }
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end';

/** The offset up to which a text could be JSON. Engines tell it in words of their own, or not at all. */
function endOfJson(text: string): number {
  const token = /\s*(?:("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b)|([{}[\],:]))/y;
  const open: string[] = [];
  let expected: Expected = 'value';
  let end = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const next = after(expected, found, open);
    if (!next) break;
    expected = next;
    end = token.lastIndex;
  }
  return end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
}

/** What may follow a token, or undefined where the token itself may not stand. `open` are the brackets that are not closed yet. */
function after(expected: Expected, [, string, plain, mark]: RegExpExecArray, open: string[]): Expected | undefined {
  if (expected === 'colon') return mark === ':' ? 'value' : undefined;
  if (expected === 'name' || expected === 'name or }') {
    if (string) return 'colon';
    return expected === 'name or }' && mark === '}' && open.pop() ? 'comma or end' : undefined;
  }
  if (expected === 'comma or end') {
    const inside = open.at(-1);
    if (mark === ',' && inside) return inside === '{' ? 'name' : 'value';
    return (mark === '}' && inside === '{') || (mark === ']' && inside === '[') ? (open.pop(), 'comma or end') : undefined;
  }
  if (string || plain) return 'comma or end';
  if (mark === '{' || mark === '[') {
    open.push(mark);
    return mark === '{' ? 'name or }' : 'value or ]';
  }
  return expected === 'value or ]' && mark === ']' && open.pop() ? 'comma or end' : undefined;
}
