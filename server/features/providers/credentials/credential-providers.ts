import { type OutgoingRequests } from '../../../outgoing/outgoing-requests.js';
import { noSecretTrail, type SecretTrail, type SecretUse } from '../../audit/secret-access.js';
import { LockedError, type Vault } from '../../../vault/vault.js';
import { type Connection } from '../kinds/provider-kind.js';
import { providerKinds } from '../kinds/registry.js';
import { knownPrice, vendorAt } from '../prices/price-table.js';
import { type ModelCall, type ModelChunk, ModelCallError, type Provider } from '../provider.js';
import { type WorkspaceProviders } from '../providers.service.js';
import { callModel } from '../remote/call-model.js';
import { listModels } from '../remote/list-models.js';
import { type CredentialRecord, type CredentialStore } from './credential.store.js';

const usageEveryMs = 60_000;

/** The providers that a workspace has credentials for. Each goes by its credential's slug. */
export class CredentialProviders implements WorkspaceProviders {
  constructor(
    private readonly store: CredentialStore,
    private readonly vault: Vault,
    private readonly requests: Pick<OutgoingRequests, 'fetch'>,
    private readonly now: () => Date = () => new Date(),
    private readonly trail: SecretTrail = noSecretTrail,
  ) {}

  async of(workspaceId: string): Promise<readonly Provider[]> {
    return (await this.store.active(workspaceId)).map((credential) => this.providerOf(credential));
  }

  async find(workspaceId: string, id: string): Promise<Provider | undefined> {
    const [credential] = await this.store.active(workspaceId, id);
    return credential && this.providerOf(credential);
  }

  providerOf(credential: CredentialRecord): Provider {
    const { id, slug, provider, models, baseUrl, requestsPerMinute, tokensPerMinute } = credential;
    const vendor = provider === 'OPENAI_COMPATIBLE' ? vendorAt(baseUrl) : provider;
    const priceOf: Provider['priceOf'] = (model) => vendor && knownPrice(vendor, model);
    const offered = models.length > 0 ? models : providerKinds[provider].models;
    const rate = { key: id, requestsPerMinute: requestsPerMinute ?? undefined, tokensPerMinute: tokensPerMinute ?? undefined };
    return { id: slug, simulated: false, vendor, models: () => offered, takesOthers: models.length === 0, priceOf, rate, stream: (call) => this.stream(credential, call) };
  }

  /** Names of the models that the provider lists for the key; undefined where it lists none. @throws ModelCallError */
  async listModels(credential: CredentialRecord, signal: AbortSignal, use?: SecretUse): Promise<string[] | undefined> {
    return listModels(providerKinds[credential.provider], await this.connection(credential, use), signal);
  }

  private async *stream(credential: CredentialRecord, call: ModelCall): AsyncIterable<ModelChunk> {
    const { id, workspaceId, provider, lastUsedAt } = credential;
    const now = this.now();
    if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= usageEveryMs) await this.store.noteUse(workspaceId, id, now);
    yield* callModel(providerKinds[provider], await this.connection(credential, call.secretUse), call);
  }

  private async connection(credential: CredentialRecord, use: SecretUse | undefined): Promise<Required<Connection> & { apiKey: string; setBy: { baseUrl: string; apiKey: string } }> {
    const { id, workspaceId, name, baseUrl } = credential;
    if (use) await this.trail.used(workspaceId, 'provider.key.use', { type: 'provider', id, name }, use);
    const setBy = { baseUrl: `the base URL of the provider “${name}”`, apiKey: `the key of the provider “${name}”` };
    return { baseUrl, apiKey: await this.open(credential), setBy, fetch: this.requests.fetch };
  }

  private async open({ encryptedKey, workspaceId, baseUrl }: CredentialRecord): Promise<string> {
    try {
      return await this.vault.open(encryptedKey, { workspaceId, baseUrl });
    } catch (error) {
      if (error instanceof LockedError) throw new ModelCallError('REFUSED', 'The stored key can’t be read for this address: it was stored for another one, or under another ENCRYPTION_KEY. Give the key again.');
      throw error;
    }
  }
}
