import { type OutgoingRequests } from '../../../outgoing/outgoing-requests.js';
import { LockedError, type Vault } from '../../../vault/vault.js';
import { OpenAiCompatibleProvider } from '../openai-compatible.provider.js';
import { knownPrice, vendorAt } from '../prices/price-table.js';
import { type ModelCall, type ModelChunk, ModelCallError, type Provider } from '../provider.js';
import { type WorkspaceProviders } from '../providers.service.js';
import { type CredentialRecord, type CredentialStore } from './credential.store.js';

const usageEveryMs = 60_000;

/** The providers that a workspace has credentials for. Each goes by its credential's slug. */
export class CredentialProviders implements WorkspaceProviders {
  constructor(
    private readonly store: CredentialStore,
    private readonly vault: Vault,
    private readonly requests: Pick<OutgoingRequests, 'fetch'>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async of(workspaceId: string): Promise<readonly Provider[]> {
    return (await this.store.active(workspaceId)).map((credential) => this.providerOf(credential));
  }

  async find(workspaceId: string, id: string): Promise<Provider | undefined> {
    const [credential] = await this.store.active(workspaceId, id);
    return credential && this.providerOf(credential);
  }

  providerOf(credential: CredentialRecord): Provider {
    const { slug, models, baseUrl } = credential;
    const vendor = vendorAt(baseUrl);
    const priceOf: Provider['priceOf'] = (model) => vendor && knownPrice(vendor, model);
    return { id: slug, simulated: false, vendor, models: () => models, priceOf, stream: (call) => this.stream(credential, call) };
  }

  private async *stream(credential: CredentialRecord, call: ModelCall): AsyncIterable<ModelChunk> {
    const { id, workspaceId, name, slug, baseUrl, models, lastUsedAt } = credential;
    const now = this.now();
    if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= usageEveryMs) await this.store.noteUse(workspaceId, id, now);
    const setBy = { baseUrl: `the base URL of the provider “${name}”`, apiKey: `the key of the provider “${name}”` };
    yield* new OpenAiCompatibleProvider({ id: slug, baseUrl, apiKey: await this.open(credential), models, setBy, fetch: this.requests.fetch }).stream(call);
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
