const words: Record<string, string> = {
  inputs: 'Value',
  settings: '',
  dependsOn: 'Waits for',
  branches: 'Runs only when',
  join: 'If a step before it is skipped',
  onError: 'If it fails',
  onUnknownOutcome: 'If a call is cut off',
  retry: 'Retry',
  timeoutMs: 'Time-out in ms',
  maxAttempts: 'attempts',
  initialDelayMs: 'first pause in ms',
  maxDelayMs: 'longest pause in ms',
  promptId: 'prompt',
  workflowId: 'workflow',
  outputSchema: 'output schema',
  defaultValue: 'default',
  maxParallel: 'at the same time',
  deadlineMs: 'Deadline in ms',
  budgetUsd: 'Budget in dollars',
  maxRuns: 'runs at the same time',
  maxRunsPerKey: 'runs with the same value',
  successStatus: 'counts as success',
  onItemError: 'if an item fails',
  durationMs: 'waits for, in ms',
  at: 'version of the prompt',
  from: 'comes from',
  value: 'fixed value',
};

/** What a field of a version is called: `settings.expression` is `Expression`, `inputs.text.from` is `Value › text › comes from`. @param isNamed the path begins with a name that a person gave */
export function changedFieldInWords(field: string, { isNamed = false } = {}): string {
  const parts = field.split('.').map((part, index) => (isNamed && index === 0 ? part : (words[part] ?? part))).filter(Boolean);
  const said = parts.join(' › ');
  return isNamed ? said : said.charAt(0).toUpperCase() + said.slice(1);
}

/** A value as it is shown beside another. */
export function changedValueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'string' ? (value === '' ? '(empty)' : value) : JSON.stringify(value, null, 2);
}

export interface ValuePart {
  field: string;
  value: unknown;
}

/** What a whole that came or went is made of, down to what is not made of named parts; names, which stand in the paths, left out. */
export function partsOfWhole(value: unknown, field: string): ValuePart[] {
  if (typeof value !== 'object' || value === null) return [{ field, value }];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([name, part]: [string, unknown]) => (name === 'name' ? [] : partsOfWhole(part, `${field}.${name}`)));
  const members: unknown[] = value;
  const named = members.map((member) => (typeof member === 'object' && member !== null && 'name' in member && typeof member.name === 'string' ? member.name : undefined));
  if (members.length === 0 || named.includes(undefined)) return [{ field, value }];
  return members.flatMap((member, index) => partsOfWhole(member, `${field}.${named[index] ?? ''}`));
}
