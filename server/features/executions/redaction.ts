/** Stands in for a secret wherever values are kept or shown. */
export const hiddenSecret = '••••••••';

/** Shorter ones would be found in everything. */
const shortestHidden = 4;
const shortestInBase64 = 8;

/** Keeps secrets, as they are and as requests usually carry them, out of what comes back and is stored. */
export class Redaction {
  /** Longest first, so that none leaves a part of another. */
  private readonly hidden: readonly string[];

  constructor(secrets: readonly string[]) {
    const spelled = secrets.flatMap(spellings).filter(({ length }) => length >= shortestHidden);
    this.hidden = [...new Set(spelled)].sort((one, other) => other.length - one.length);
  }

  /** Hides whole words of these texts too, where there is a secret in them: `dXNlcjpwYXNz` of `Basic dXNlcjpwYXNz`. */
  andWordsOf(texts: readonly string[]): Redaction {
    const words = texts.flatMap((text) => text.split(/\s+/)).filter((word) => this.text(word) !== word);
    return words.length === 0 ? this : new Redaction([...this.hidden, ...words]);
  }

  text(given: string): string {
    return this.hidden.reduce((text, secret) => text.replaceAll(secret, hiddenSecret), given);
  }

  /** The same of a JSON value: within its texts, the names of its properties and its numbers. */
  value(given: unknown): unknown {
    if (this.hidden.length === 0) return given;
    if (typeof given === 'string') return this.text(given);
    if (typeof given === 'number') return this.text(String(given)) === String(given) ? given : hiddenSecret;
    if (Array.isArray(given)) return given.map((item) => this.value(item));
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([name, part]) => [this.text(name), this.value(part)]));
  }
}

function spellings(secret: string): string[] {
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  return [secret, secret.trim(), encodeURIComponent(secret), inForm, JSON.stringify(secret).slice(1, -1), ...inBase64(secret)];
}

/** What base64 makes of it at any place of a text: of the first and last bytes, which others share, nothing. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64').slice(offset === 0 ? 0 : 4);
    return whole.length < shortestInBase64 ? [] : [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
