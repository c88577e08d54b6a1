import { CredentialProviders } from '../features/providers/credentials/credential-providers.js';
import { CredentialResolver } from '../features/providers/credentials/credential.resolver.js';
import { CredentialService } from '../features/providers/credentials/credential.service.js';
import { CredentialStore } from '../features/providers/credentials/credential.store.js';
import { MeteredCalls } from '../features/providers/metered-calls.js';
import { OpenAiCompatibleProvider } from '../features/providers/openai-compatible.provider.js';
import { CustomPriceStore } from '../features/providers/prices/custom-price.store.js';
import { CustomPrices } from '../features/providers/prices/custom-prices.js';
import { ModelPricesResolver } from '../features/providers/prices/model-prices.resolver.js';
import { ModelPricesService } from '../features/providers/prices/model-prices.service.js';
import { ProvidersResolver } from '../features/providers/providers.resolver.js';
import { ProvidersService } from '../features/providers/providers.service.js';
import { RateLimits } from '../features/providers/rates/rate-limits.js';
import { SimulatedProvider } from '../features/providers/simulated.provider.js';
import { BudgetStore } from '../features/providers/spending/budget.store.js';
import { BudgetsService } from '../features/providers/spending/budgets.service.js';
import { SpendLoader } from '../features/providers/spending/spend.loader.js';
import { SpendStore } from '../features/providers/spending/spend.store.js';
import { Spending } from '../features/providers/spending/spending.service.js';
import { SecretResolver } from '../features/secrets/secret.resolver.js';
import { SecretsService } from '../features/secrets/secret.service.js';
import { SecretStore } from '../features/secrets/secret.store.js';
import { type Ground } from '../ground.js';
import { OutgoingRequests } from '../outgoing/outgoing-requests.js';
import { type Shutdown } from '../shutdown.js';
import { Vault } from '../vault/vault.js';
import { type AuditParts } from './audit.wiring.js';
import { type AuthParts } from './auth.wiring.js';

/** Models, what they cost, and what a workspace keeps encrypted. */
export function wireProviders({ config, database, now }: Ground, { people }: AuthParts, { secretTrail }: AuditParts, shutdown: Shutdown) {
  const outgoing = new OutgoingRequests(config.outgoingAllow);
  shutdown.register(() => outgoing.close());
  const keyVault = new Vault(config.encryptionKey, 'provider-key');
  const credentialStore = new CredentialStore(database);
  const credentialProviders = new CredentialProviders(credentialStore, keyVault, outgoing, now, secretTrail);
  const credentials = new CredentialService(credentialStore, keyVault, credentialProviders, outgoing, ['simulated', 'openai-compatible']);
  const commonProviders = [new SimulatedProvider(), ...(config.openAiCompatible ? [new OpenAiCompatibleProvider(config.openAiCompatible)] : [])];
  const customPrices = new CustomPrices(new CustomPriceStore(database));
  const providers = new ProvidersService(commonProviders, credentialProviders, customPrices);
  const secrets = new SecretsService(new SecretStore(database), new Vault(config.encryptionKey, 'secret'), secretTrail);
  const spends = new SpendStore(database);
  const budgets = new BudgetsService(new BudgetStore(database), spends, now);
  const spendLoader = new SpendLoader(spends);
  return {
    providers,
    secrets,
    credentials,
    prices: customPrices,
    budgets,
    spendLoader,
    models: new MeteredCalls(providers, new Spending(spends, budgets, now), new RateLimits(now)),
    resolvers: [
      new ProvidersResolver(providers),
      new CredentialResolver(credentials),
      new ModelPricesResolver(new ModelPricesService(providers, customPrices)),
      new SecretResolver(secrets, people),
    ],
  };
}

export type ProviderParts = ReturnType<typeof wireProviders>;
