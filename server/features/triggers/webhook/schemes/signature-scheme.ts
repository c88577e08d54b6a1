import { type z } from 'zod';
import { type HeaderReader } from './header-reader.js';

/** A request as it came: nothing of it may be believed yet, and its body is the very bytes that were sent. */
export interface RawRequest {
  headers: HeaderReader;
  body: Buffer;
}

/** What a request says of its own authenticity. */
export interface Claim {
  /** Each may be the right one; a sender that rotates its secret gives several. */
  signatures: readonly string[];
  /** What they sign, in this order. */
  signed: readonly (string | Buffer)[];
  /** When the sender says that it signed; milliseconds since 1970. */
  signedAt?: number | undefined;
}

/** What a provider asks of a new address before it sends anything, and how it is answered. */
export interface Handshake {
  answer: unknown;
  /** For the list of deliveries. */
  reason: string;
}

/** How to sign a request by hand: lines for a POSIX shell with openssl, which find SECRET, BODY and, where the scheme has one, TIMESTAMP and ID. */
export interface SigningLines {
  lines: readonly string[];
  /** `Name: value`, within double quotes of the shell. */
  headers: readonly string[];
}

/** A scheme with the settings of one trigger. */
export interface BoundScheme {
  /** @returns words for the trigger's owner where the request has no signature that could be checked */
  claim(request: RawRequest): Claim | { missing: string };
  /** The signature that a request with these parts has under this secret. */
  sign(secret: string, signed: Claim['signed']): string;
  /** What stays the same when the sender sends again; undefined where each request is a new one. */
  deliveryId(request: RawRequest, payload: unknown, signature: string): string | undefined;
  handshake?(request: RawRequest, payload: unknown): Handshake | undefined;
  /** A header that holds the secret itself, and is not kept. */
  readonly secretHeader?: string;
  /** A field of a form that holds the payload as JSON. */
  readonly payloadField?: string;
  readonly signing: SigningLines;
  /** What to do at the sender, one step each. `URL` stands for the address. */
  readonly steps: readonly string[];
}

/** How the senders of webhooks prove that a request is theirs. A new one is a file like these, and a line in `signature-schemes.ts`. */
export interface SignatureScheme {
  readonly name: string;
  /** Where its secret comes from: made here and entered at the sender, the other way round, or either. */
  readonly secret: 'GENERATED' | 'GIVEN' | 'EITHER' | 'NONE';
  readonly makeSecret: () => string;
  /** @returns why this can't be a secret of the scheme */
  readonly secretProblem: (secret: string) => string | undefined;
  /** Whether requests say when they were signed, so that old ones can be refused. */
  readonly timestamped: boolean | 'WITH_SETTINGS';
  readonly warning?: string;
  /** What such a sender sends, in short: to map inputs from, and to try the trigger with. */
  readonly sample: { payload: Readonly<Record<string, unknown>>; headers: Readonly<Record<string, string>> };
  readonly settings: z.ZodType;
  /** @param settings that `settings` has let through */
  bind(settings: unknown): BoundScheme;
}

type Definition<Settings extends z.ZodType> = Omit<SignatureScheme, 'settings' | 'bind'> & { settings: Settings; bind: (settings: z.output<Settings>) => BoundScheme };

export function defineScheme<Settings extends z.ZodType>({ bind, ...rest }: Definition<Settings>): SignatureScheme {
  return { ...rest, bind: (settings) => bind(rest.settings.parse(settings)) };
}
