import type { AuditActorType } from '../../gql/graphql';

const actions: Record<string, string> = {
  'account.create': 'Made an account',
  'session.open': 'Signed in',
  'session.close': 'Signed out',
  'session.refresh-reused': 'Used an old session token again',
  'api-key.create': 'Created an API key',
  'api-key.revoke': 'Revoked an API key',
  'api-key.use': 'Used an API key',
  'api-key.use-from-new-address': 'Used from a new address',
  'secret.create': 'Created a secret',
  'secret.set': 'Replaced a secret',
  'secret.delete': 'Deleted a secret',
  'secret.read': 'Sent a secret',
  'provider.create': 'Added a provider',
  'provider.rotate': 'Replaced a provider’s key',
  'provider.update': 'Changed a provider',
  'provider.revoke': 'Revoked a provider’s key',
  'provider.test': 'Tested a provider',
  'provider.key.use': 'Used a provider’s key',
  'price.set': 'Set a price',
  'price.reset': 'Reset a price',
  'budget.set': 'Set a budget',
  'budget.remove': 'Removed a budget',
  'retention.update': 'Changed the retention',
  'prompt.create': 'Created a prompt',
  'prompt.update': 'Changed a prompt',
  'prompt.delete': 'Deleted a prompt',
  'prompt.move': 'Moved a prompt',
  'prompt.archive': 'Archived a prompt',
  'prompt.unarchive': 'Brought a prompt back',
  'prompt.import': 'Imported prompts',
  'prompt.run': 'Ran a prompt',
  'prompt.version.commit': 'Committed a version',
  'prompt.version.restore': 'Restored a version',
  'prompt.branch.create': 'Made a branch',
  'prompt.branch.rename': 'Renamed a branch',
  'prompt.branch.archive': 'Archived a branch',
  'prompt.branch.unarchive': 'Brought a branch back',
  'prompt.branch.merge': 'Merged a branch',
  'prompt.folder.create': 'Made a folder',
  'prompt.folder.update': 'Changed a folder',
  'prompt.folder.delete': 'Deleted a folder',
  'prompt.label.set': 'Moved a label',
  'prompt.label.remove': 'Removed a label',
  'prompt.label.roll-back': 'Rolled a label back',
  'prompt.label.protect': 'Protected a label',
  'prompt.label.unprotect': 'Freed a label',
  'workflow.create': 'Created a workflow',
  'workflow.update': 'Saved a workflow',
  'workflow.execute': 'Ran a workflow',
  'workflow.preview': 'Tried a workflow',
  'workflow.replay': 'Replayed a workflow',
  'execution.cancel': 'Cancelled a run',
  'execution.cancel-many': 'Cancelled runs',
  'execution.pause': 'Paused a run',
  'execution.resume': 'Resumed a run',
  'execution.rerun': 'Ran a run again',
  'execution.label': 'Labelled a run',
  'execution.prune': 'Deleted old runs',
  'replay.cancel': 'Cancelled a replay',
  'approval.decide': 'Decided an approval',
  'approval.link.show': 'Was shown an approval’s link',
  'outcome.resolve': 'Settled an unknown outcome',
  'trigger.create': 'Created a trigger',
  'trigger.update': 'Changed a trigger',
  'trigger.pause': 'Paused a trigger',
  'trigger.resume': 'Resumed a trigger',
  'trigger.delete': 'Deleted a trigger',
  'trigger.fire': 'Fired a trigger',
  'trigger.secret.rotate': 'Replaced a trigger’s secret',
  'delivery.redeliver': 'Delivered again',
  'event.emit': 'Emitted an event',
  'audit.export': 'Exported the audit log',
};

/** What was done, in words; of what this client does not know, its name with its parts apart. */
export function actionWords(action: string): string {
  const known = actions[action];
  if (known !== undefined) return known;
  const words = action.replace(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Groups of actions that one may look for, by what stands in the page's address. */
export const actionGroups = [
  { value: 'secret.*', label: 'Secrets' },
  { value: 'provider.*', label: 'Providers and their keys' },
  { value: 'api-key.*', label: 'API keys' },
  { value: 'session.*', label: 'Signing in and out' },
  { value: 'prompt.*', label: 'Prompts' },
  { value: 'workflow.*', label: 'Workflows' },
  { value: 'execution.*', label: 'Runs' },
  { value: 'approval.*', label: 'Approvals' },
  { value: 'trigger.*', label: 'Triggers' },
  { value: 'budget.*', label: 'Budgets' },
  { value: 'price.*', label: 'Prices' },
  { value: 'audit.*', label: 'The audit log' },
] as const;

const actors: Record<AuditActorType, string> = { PERSON: 'Person', API_KEY: 'API key', TRIGGER: 'Trigger', LINK: 'Holder of a link', SYSTEM: 'The product' };

export const actorWord = (type: AuditActorType): string => actors[type];

const pages: Record<string, (id: string) => string> = {
  prompt: (id) => `/prompts/${id}`,
  workflow: (id) => `/workflows/${id}`,
  execution: (id) => `/runs/${id}`,
  executions: () => '/runs',
  replay: (id) => `/replays/${id}`,
  trigger: (id) => `/triggers/${id}`,
  provider: (id) => `/settings/providers?provider=${id}`,
  secret: () => '/settings/secrets',
  apiKey: () => '/settings/api-keys',
  modelPrice: () => '/settings/prices',
  budgets: () => '/settings/budgets',
  retention: () => '/settings/retention',
  prompts: () => '/prompts',
  promptFolder: () => '/prompts',
};

/** Where a thing is found, if it has a page. */
export const pageOf = (type: string | null | undefined, id: string | null | undefined): string | undefined => (type && id ? pages[type]?.(id) : undefined);

const kinds: Record<string, string> = {
  apiKey: 'API key',
  modelPrice: 'Model price',
  promptVersion: 'Prompt version',
  promptBranch: 'Branch',
  promptFolder: 'Folder',
  execution: 'Run',
  executions: 'Runs',
  protectedLabels: 'Labels',
};

export function kindWord(type: string): string {
  return kinds[type] ?? type.charAt(0).toUpperCase() + type.slice(1);
}
