import { type SubjectReader } from '../audit/audit-subjects.js';
import { type CredentialService } from './credentials/credential.service.js';
import { type CustomPrices } from './prices/custom-prices.js';
import { type BudgetsService } from './spending/budgets.service.js';

export interface ProviderSubjectSources {
  credentials: Pick<CredentialService, 'list'>;
  prices: Pick<CustomPrices, 'of'>;
  budgets: Pick<BudgetsService, 'limits'>;
}

/** What the audit log tells of providers, prices and budgets. */
export function providerSubjects({ credentials, prices, budgets }: ProviderSubjectSources): Record<string, SubjectReader> {
  return {
    provider: async (workspaceId, id) => {
      const credential = (await credentials.list(workspaceId)).find((one) => one.id === id);
      if (!credential) return undefined;
      const { name, slug, provider, baseUrl, fingerprint, models, requestsPerMinute, tokensPerMinute, revokedAt } = credential;
      const key = revokedAt ? 'none' : `#${fingerprint.split(' ').at(-1)}`;
      return { name, facts: { name, slug, provider, baseUrl, key, models, requestsPerMinute, tokensPerMinute, revoked: revokedAt !== null } };
    },
    modelPrice: async (workspaceId, model) => {
      const price = (await prices.of(workspaceId)).get(model);
      return price && { name: model, facts: { input: price.input, output: price.output, cachedInput: price.cachedInput ?? null, source: price.source } };
    },
    budgets: async (workspaceId) => {
      const limits = await budgets.limits(workspaceId);
      return { name: 'Budgets', facts: Object.fromEntries(limits.map(({ workflowId, period, limitUsd }) => [`${workflowId || 'workspace'} a ${period.toLowerCase()}`, limitUsd])) };
    },
  };
}
