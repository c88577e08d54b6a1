/** One thing that is different: its path, and how it stood on either side. */
export interface Change {
  path: string;
  before?: string;
  after?: string;
}

/** What an entry tells of a change, a line for each thing that differs. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const was = flat(before);
  const is = flat(after);
  return [...new Set([...was.keys(), ...is.keys()])].map((path) => ({ path, before: was.get(path), after: is.get(path) }));
}

function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (path && value === null) into.set(path, 'none');
    return into;
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, part] of Object.entries(value)) flat(part, path ? `${path} › ${wordsOf(name, path)}` : wordsOf(name, path), into);
    return into;
  }
  into.set(path || 'value', textOf(value));
  return into;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(', ');
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return value === '' ? 'empty' : String(value);
}

/** Names of facts are words; what stands below them, such as branches, goes by its own name. */
function wordsOf(name: string, path: string): string {
  if (path) return name;
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
