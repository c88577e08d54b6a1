import { type IncomingHttpHeaders } from 'node:http';

/** Headers of a request by name, in whatever case. */
export class HeaderReader {
  /** @param headers with names in lower case, as Node gives them */
  constructor(private readonly all: IncomingHttpHeaders) {}

  /** All of them, by name in lower case. @param without one that is left out */
  texts(without?: string): Record<string, string> {
    const entries = Object.keys(this.all).flatMap((name): [string, string][] => {
      const text = this.get(name);
      return text === undefined || name === without?.toLowerCase() ? [] : [[name, text]];
    });
    return Object.fromEntries(entries);
  }

  /** @returns undefined where it is absent or empty */
  get(name: string): string | undefined {
    const value = this.all[name.toLowerCase()];
    const text = Array.isArray(value) ? value.join(', ') : value;
    return text === undefined || text === '' ? undefined : text;
  }
}
