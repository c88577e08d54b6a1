import { sentRows } from './draft-definition';
import { stepsBefore, type Draft, type DraftRow, type DraftStep } from './draft';
import { readJson, readValue } from './input-value';

/** Something to put right before the workflow can be saved. */
export interface Problem {
  /** Which field of the editor it stands beside; also the end of that field's element id. */
  anchor: string;
  message: string;
  /** Something is not filled in yet: not worth a word until the person has been there or has tried to save. */
  missing?: boolean;
}

const identifier = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;
const identifierRule = 'Use letters, digits and _, a letter first, at most 50 characters.';

const hourMs = 3_600_000;

/** What can be told without asking the server. */
export function problemsIn(draft: Draft): Problem[] {
  const problems: Problem[] = [];
  const add = (anchor: string, message: string) => problems.push({ anchor, message });
  const miss = (anchor: string, message: string) => problems.push({ anchor, message, missing: true });

  if (draft.name.trim() === '') miss('name', 'Give the workflow a name.');
  for (const input of draft.inputs) {
    const at = `inputs.${input.id}`;
    const name = input.name.trim();
    if (name === '') miss(`${at}.name`, 'Give the input a name.');
    else if (!identifier.test(name)) add(`${at}.name`, identifierRule);
    else if (draft.inputs.find((each) => each.name.trim() === name) !== input) add(`${at}.name`, `There is another input named ${name}.`);
    const reading = readValue(input.type, input.defaultText);
    if (reading.problem !== undefined) add(`${at}.default`, reading.problem);
  }
  if (!(draft.maxParallel >= 1 && draft.maxParallel <= 16)) add('maxParallel', 'Allow 1 to 16.');
  if (draft.steps.length === 0) miss('steps', 'Add at least one step.');
  for (const step of draft.steps) problems.push(...stepProblems(draft, step));
  return problems;
}

function stepProblems(draft: Draft, step: DraftStep): Problem[] {
  const problems: Problem[] = [];
  const at = `steps.${step.id}`;
  const add = (field: string, message: string) => problems.push({ anchor: `${at}.${field}`, message });
  const miss = (field: string, message: string) => problems.push({ anchor: `${at}.${field}`, message, missing: true });

  const key = step.key.trim();
  if (step.name.trim() === '') miss('name', 'Give the step a name.');
  if (key === '') miss('key', 'Give the step a key.');
  else if (!identifier.test(key)) add('key', identifierRule);
  else if (draft.steps.find((each) => each.key.trim() === key) !== step) add('key', `There is another step with the key ${key}.`);
  if (step.type === 'PROMPT' && !step.promptId) miss('prompt', 'Choose the prompt that this step runs.');
  if (step.type === 'TRANSFORM' && step.expression.trim() === '') miss('expression', 'Write the expression that makes the output.');
  if (!(step.retry.maxAttempts >= 1 && step.retry.maxAttempts <= 10)) add('attempts', 'Allow 1 to 10 attempts.');
  if (!(step.retry.initialDelayMs >= 0 && step.retry.initialDelayMs <= hourMs)) add('initialDelay', 'Write 0 to 3600 seconds.');
  if (!(step.retry.maxDelayMs >= 0 && step.retry.maxDelayMs <= 24 * hourMs)) add('maxDelay', 'Write 0 to 86400 seconds.');
  if (step.retry.maxDelayMs < step.retry.initialDelayMs) add('maxDelay', 'This can’t be shorter than the first pause.');
  if (!(step.timeoutMs >= 1 && step.timeoutMs <= hourMs)) add('timeout', 'Write up to 3600 seconds, more than 0.');
  for (const row of step.rows) problems.push(...rowProblems(draft, step, row));
  const late = step.after.find((id) => draft.steps.some((each) => each.id === id) && !stepsBefore(draft, step.id).some((each) => each.id === id));
  if (late) add('after', `It can’t run after ${nameOf(draft, late)}, which comes later. Move one of the two.`);
  return problems;
}

function rowProblems(draft: Draft, step: DraftStep, row: DraftRow): Problem[] {
  const problems: Problem[] = [];
  const anchor = `steps.${step.id}.rows.${row.id}`;
  const name = row.name.trim();
  if (step.type === 'TRANSFORM') {
    if (name === '') problems.push({ anchor: `${anchor}.name`, message: 'Name it, so that the expression can use it.', missing: true });
    else if (!identifier.test(name)) problems.push({ anchor: `${anchor}.name`, message: identifierRule });
    else if (step.rows.find((each) => each.name.trim() === name) !== row) {
      problems.push({ anchor: `${anchor}.name`, message: `There is another value named ${name}.` });
    }
  }
  const { source } = row;
  const choose = name === '' ? 'Choose where the value comes from.' : `Choose where ${name} comes from.`;
  if (source.kind === 'none') problems.push({ anchor, message: choose, missing: true });
  if (source.kind === 'input' && !draft.inputs.some(({ id }) => id === source.id)) {
    problems.push({ anchor, message: `The workflow input that this came from was removed. ${choose}` });
  }
  if (source.kind === 'step') {
    if (!draft.steps.some(({ id }) => id === source.id)) problems.push({ anchor, message: `The step that this came from was removed. ${choose}` });
    else if (!stepsBefore(draft, step.id).some(({ id }) => id === source.id)) {
      problems.push({ anchor, message: `${nameOf(draft, source.id)} does not run before this step. Move one of the two, or choose another source.` });
    }
  }
  if (source.kind === 'constant' && source.format === 'json') {
    const reading = readJson(source.text);
    if (reading.problem !== undefined) problems.push({ anchor, message: reading.problem, missing: source.text.trim() === '' });
  }
  return problems;
}

export function nameOf(draft: Draft, stepId: string): string {
  const index = draft.steps.findIndex(({ id }) => id === stepId);
  const name = draft.steps[index]?.name.trim();
  return name ? `“${name}”` : `step ${index + 1}`;
}

const stepFields: readonly [prefix: string, field: string][] = [
  ['settings.promptId', 'prompt'],
  ['settings.prompt', 'prompt'],
  ['settings.model', 'model'],
  ['settings.expression', 'expression'],
  ['retry.maxAttempts', 'attempts'],
  ['retry.initialDelayMs', 'initialDelay'],
  ['retry.maxDelayMs', 'maxDelay'],
  ['retry', 'attempts'],
  ['timeoutMs', 'timeout'],
  ['dependsOn', 'after'],
  ['inputs', 'rows'],
  ['key', 'key'],
  ['name', 'name'],
];

/** Finds the editor's field for a path that the server named, such as `input.definition.steps.1.inputs.0.from`. */
export function anchorOf(draft: Draft, path: string): string {
  const rest = path.replace(/^input\./, '').replace(/^definition\./, '');
  const [group, index, ...field] = rest.split('.');
  if (group === 'inputs' && index !== undefined) {
    const input = draft.inputs[Number(index)];
    if (input) return `inputs.${input.id}.${field[0] === 'defaultValue' ? 'default' : (field[0] ?? 'name')}`;
  }
  if (group === 'steps' && index !== undefined) {
    const step = draft.steps[Number(index)];
    if (step) return `steps.${step.id}.${stepField(draft, step, field)}`;
  }
  return group ?? 'name';
}

function stepField(draft: Draft, step: DraftStep, field: readonly string[]): string {
  if (field[0] === 'inputs' && field[1] !== undefined) {
    const rowId = sentRows(draft, step)[Number(field[1])]?.rowId;
    if (rowId) return field[2] === 'name' && step.type === 'TRANSFORM' ? `rows.${rowId}.name` : `rows.${rowId}`;
  }
  if (field[0] === 'settings' && field.length === 1) return step.type === 'PROMPT' ? 'prompt' : 'expression';
  const path = field.join('.');
  return stepFields.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? 'name';
}
