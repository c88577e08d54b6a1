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

/** What a field of a version is called: `settings.expression` is `Expression`, `inputs.text.from` is `Value › text › comes from`. */
export function changedFieldInWords(field: string): string {
  const parts = field.split('.').map((part) => words[part] ?? part).filter(Boolean);
  const said = parts.join(' › ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** A value as it is shown beside another. */
export function changedValueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string' ? (value === '' ? '(empty)' : value) : JSON.stringify(value, null, 2);
}
