import { createHash } from 'node:crypto';

const longestPath = 120;
const pathPattern = /^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)*$/;

export const pathRule = `Use lower-case letters, digits, - and _, with / between folders, at most ${longestPath} characters.`;

export function isPath(text: string): boolean {
  return text.length <= longestPath && pathPattern.test(text);
}

/** A path for a prompt of this name within folders, the outermost first; outer ones are left out where it would be too long. */
export function pathWithin(folders: readonly string[], name: string): string {
  const path = [...folders, name].map(pathOfName).join('/');
  return isPath(path) || folders.length === 0 ? path : pathWithin(folders.slice(1), name);
}

/** A path for a name: `Über Müller & Söhne` gives `uber-muller-sohne`. A name without any Latin letter or digit gives a path made from its hash. */
export function pathOfName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestPath)
    .replace(/^-|-$/g, '');
  return slug || `prompt-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
