import { z } from 'zod';

const typeRule = 'Write words of letters, digits, `_` and `-`, with dots between them, such as `order.paid`.';

/** Of an event. */
export const eventTypeSchema = z.string().max(100, 'Keep this to 100 characters.').regex(/^[\w-]+(\.[\w-]+)*$/, typeRule);

/** Of the events that a trigger waits for: `*` stands for any characters, dots among them. */
export const eventPatternSchema = z.string().max(100, 'Keep this to 100 characters.').regex(/^[\w*-]+(\.[\w*-]+)*$/, `${typeRule} \`*\` stands for anything.`);

export function matchesPattern(pattern: string, type: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === type;
  if (!type.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const part of rest) {
    const found = type.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return type.length - last.length >= from && type.endsWith(last);
}

const productFamilies = ['execution', 'prompt', 'workflow', 'schedule', 'trigger'];

/** Whether only the product itself may emit events of this type. */
export function isProductEvent(type: string): boolean {
  return productFamilies.includes(type.split('.')[0] ?? '');
}
