import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { exactText, isId, line, parseInput, withoutNulls } from '../../../input.js';
import { type OutgoingRequests } from '../../../outgoing/outgoing-requests.js';
import { type Vault } from '../../../vault/vault.js';
import { type Identity } from '../../auth/identity.js';
import { providerKinds } from '../kinds/registry.js';
import { ModelCallError } from '../provider.js';
import { type CredentialProviders } from './credential-providers.js';
import { type CredentialRecord, type CredentialStore, type CredentialTestRecord } from './credential.store.js';

const mostCredentials = 50;
const testMs = 20_000;
const key = exactText().trim().min(1, 'Give the key.').max(4_096, 'This is too long for a key.').regex(/^[\x21-\x7e]*$/, 'A key has no spaces and no special letters. Check that it was copied whole.');
const kind = z.enum(['OPENAI', 'ANTHROPIC', 'GOOGLE', 'OPENAI_COMPATIBLE']);
const usualKind = 'OPENAI_COMPATIBLE';
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.').max(40, 'Keep this to 40 characters.');
const models = z.array(line(200)).max(200, 'Keep this to 200 models.').transform((names) => [...new Set(names)]);
const perMinute = z.int('Give a whole number.').min(1, 'Give 1 or more, or nothing.').max(1_000_000_000, 'This is more than any provider allows. Give nothing.');

interface CredentialUpdate {
  id: string;
  name?: string | null;
  models?: string[] | null;
  requestsPerMinute?: number | null;
  tokensPerMinute?: number | null;
}

interface Outcome {
  ok: boolean;
  message: string;
  names?: string[];
}

/** The keys with which a workspace calls models at providers. A key goes in and never comes out, but to the address it was stored with. */
export class CredentialService {
  private readonly baseUrl = exactText()
    .trim()
    .max(500, 'Keep this to 500 characters.')
    .superRefine((url, context) => {
      const problem = this.requests.urlProblem(url);
      if (problem !== undefined) context.addIssue(problem);
      else if (/[?#]/.test(url)) context.addIssue('Leave out what follows ? or #.');
    })
    .transform((url) => url.replace(/\/+$/, ''));

  /** @param reserved slugs that stand for providers of every workspace */
  constructor(
    private readonly store: CredentialStore,
    private readonly vault: Vault,
    private readonly providers: CredentialProviders,
    private readonly requests: Pick<OutgoingRequests, 'urlProblem'>,
    private readonly reserved: readonly string[],
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Those that are revoked too. */
  list(workspaceId: string): Promise<CredentialRecord[]> {
    return this.store.list(workspaceId);
  }

  async create({ workspaceId, userId }: Identity, input: object): Promise<CredentialRecord> {
    const given = this.read(withoutNulls(input));
    const taken = given.slug ?? slugOf(given.name);
    if (this.reserved.includes(taken)) throw slugTaken(taken);
    if ((await this.store.active(workspaceId)).length >= mostCredentials) {
      throw new InvalidInputError([{ field: 'input', message: `A workspace has ${mostCredentials} providers at most. Revoke one first.` }]);
    }
    const { key: secret, ...facts } = given;
    const created = await this.store.create(workspaceId, { ...facts, slug: taken, ...(await this.sealed(workspaceId, given.baseUrl, secret)), createdById: userId });
    if (!created) throw slugTaken(taken);
    return created;
  }

  /** A new key, and with it perhaps a new address: what is stored is not sent anywhere else. */
  async rotate({ workspaceId }: Identity, input: { id: string; key: string; baseUrl?: string | null }): Promise<CredentialRecord> {
    const { baseUrl: was } = await this.active(workspaceId, input.id);
    const { key: next, baseUrl = was } = parseInput(z.object({ key, baseUrl: this.baseUrl.optional() }), withoutNulls(input), 'input');
    return this.change(workspaceId, input.id, { ...(await this.sealed(workspaceId, baseUrl, next)), baseUrl, rotatedAt: this.now(), lastTest: null });
  }

  /** A limit that is null is taken away. */
  async update({ workspaceId }: Identity, { id, requestsPerMinute, tokensPerMinute, ...input }: CredentialUpdate): Promise<CredentialRecord> {
    await this.active(workspaceId, id);
    const limits = parseInput(z.object({ requestsPerMinute: perMinute.nullish(), tokensPerMinute: perMinute.nullish() }), { requestsPerMinute, tokensPerMinute }, 'input');
    return this.change(workspaceId, id, { ...parseInput(z.object({ name: line(100).optional(), models: models.optional() }), withoutNulls(input), 'input'), ...limits });
  }

  /** The key is gone for good. Revoking one again changes nothing. */
  async revoke({ workspaceId }: Identity, id: string): Promise<CredentialRecord> {
    const credential = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    const revoked = credential && (credential.revokedAt ? credential : await this.store.revoke(workspaceId, credential, this.now()));
    if (!revoked) throw new NotFoundError('provider');
    return revoked;
  }

  /**
   * Asks a model for a word, which costs next to nothing.
   * @param model absent: the first of those that were named, or else the provider is asked which ones the key reaches
   */
  async test({ workspaceId }: Identity, id: string, model?: string): Promise<CredentialTestRecord> {
    const credential = await this.active(workspaceId, id);
    const name = model ?? credential.models[0];
    const outcome = name === undefined ? await this.askForModels(credential) : await this.askModel(credential, name);
    const result = { ok: outcome.ok, message: outcome.message, at: this.now() };
    // The key that was tested may have been replaced meanwhile; what is stored with it says so then.
    await this.store.update(workspaceId, id, { lastTest: result });
    return result;
  }

  /** The models that the provider says the key reaches; or why it does not say. */
  async available(identity: Identity, id: string): Promise<{ names: string[]; problem?: string }> {
    const credential = await this.active(identity.workspaceId, id);
    const { ok, message, names = [] } = await this.attempt(credential.name, async (signal) => {
      const listed = await this.providers.listModels(credential, signal, { run: randomUUID(), by: identity });
      return listed ? { ok: true, message: '', names: listed } : { ok: false, message: 'This server does not list its models. Name them yourself.' };
    });
    return ok ? { names } : { names, problem: message };
  }

  private read(input: unknown) {
    const { provider } = z.object({ provider: kind.catch(usualKind) }).parse(input);
    const baseUrl = this.baseUrl.prefault(providerKinds[provider].baseUrl ?? '');
    const limit = perMinute.nullable().default(null);
    const schema = z.object({ provider: kind.default(usualKind), name: line(100), slug: slug.optional(), baseUrl, key, models: models.default([]), requestsPerMinute: limit, tokensPerMinute: limit });
    return parseInput(schema, input, 'input');
  }

  private askForModels(credential: CredentialRecord): Promise<Outcome> {
    return this.attempt(credential.name, async (signal) => {
      const names = await this.providers.listModels(credential, signal);
      if (!names) throw new InvalidInputError([{ field: 'model', message: 'This server does not list its models, so name one to test with.' }]);
      return { ok: true, message: `The key works. It reaches ${names.length === 1 ? '1 model' : `${names.length} models`}.` };
    });
  }

  private askModel(credential: CredentialRecord, model: string): Promise<Outcome> {
    return this.attempt(model, async (signal) => {
      const stream = this.providers.providerOf(credential).stream({ model, messages: [{ role: 'USER', content: 'Say OK.' }], maxOutputTokens: 16, signal });
      for await (const chunk of stream) if (chunk.type !== 'tool-call') return { ok: true, message: `${model} answers.` };
      return { ok: false, message: `${model} gave no answer.` };
    });
  }

  private async attempt(asked: string, ask: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    const signal = AbortSignal.timeout(testMs);
    try {
      return await ask(signal);
    } catch (error) {
      if (error instanceof ModelCallError) return { ok: false, message: error.message };
      if (signal.aborted) return { ok: false, message: `${asked} did not answer within ${testMs / 1_000} s.` };
      throw error;
    }
  }

  private async active(workspaceId: string, id: string): Promise<CredentialRecord> {
    const credential = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    if (!credential || credential.revokedAt) throw new NotFoundError('provider');
    return credential;
  }

  private async change(workspaceId: string, id: string, change: Parameters<CredentialStore['update']>[2]): Promise<CredentialRecord> {
    const changed = await this.store.update(workspaceId, id, change);
    if (!changed) throw new NotFoundError('provider');
    return changed;
  }

  private async sealed(workspaceId: string, baseUrl: string, given: string) {
    return { encryptedKey: await this.vault.seal(given, { workspaceId, baseUrl }), fingerprint: this.vault.fingerprint(given) };
  }
}

function slugOf(name: string): string {
  const made = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');
  if (made !== '') return made;
  throw new InvalidInputError([{ field: 'input.slug', message: 'Say what the ids of its models begin with: the name has no letters from a to z.' }]);
}

function slugTaken(taken: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.slug', message: `Models whose ids begin with ${taken}/ are there already. Choose another beginning.` }]);
}
