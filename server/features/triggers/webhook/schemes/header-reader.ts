import { type IncomingHttpHeaders } from 'node:http';

/** Headers of a request by name, in whatever case. */
export class HeaderReader {
  /** @param headers with names in lower case, as Node gives them */
  constructor(readonly all: IncomingHttpHeaders) {}

  /** @returns undefined where it is absent or empty */
  get(name: string): string | undefined {
    const value = this.all[name.toLowerCase()];
    const text = Array.isArray(value) ? value.join(', ') : value;
    return text === undefined || text === '' ? undefined : text;
  }
}
