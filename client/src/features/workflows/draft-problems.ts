import { sentRows } from './draft-definition';
import { stepsBefore, type Draft, type DraftRow, type DraftStep } from './draft';
import { draftWithin, itemsName, pathTo } from './draft-scope';
import { readJson, readValue } from './input-value';
import { rulesOf } from './steps/rules-registry';

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
/** What GraphQL takes as a whole number. */
const longestDeadlineMs = 35_000 * 60_000;

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
    const sample = readValue(input.type, input.sampleText);
    if (sample.problem !== undefined) add(`${at}.sample`, sample.problem);
    const schema = input.schemaText.trim() === '' ? undefined : readJson(input.schemaText);
    if (schema?.problem !== undefined) add(`${at}.schema`, schema.problem);
  }
  if (!(draft.maxParallel >= 1 && draft.maxParallel <= 16)) add('maxParallel', 'Allow 1 to 16.');
  const { deadlineMs, runKey, maxRunsPerKey } = draft.limits;
  if (deadlineMs !== null && !(deadlineMs >= 1 && deadlineMs <= longestDeadlineMs)) add('deadlineMs', 'Write up to 35,000 minutes, more than 0.');
  if ((runKey.kind === 'none') !== (maxRunsPerKey === null)) {
    add(runKey.kind === 'none' ? 'concurrency.key' : 'concurrency.maxRunsPerKey', 'Say both what tells runs apart and how many of each kind may run.');
  }
  if (runKey.kind === 'input' && !draft.inputs.some(({ id }) => id === runKey.id)) add('concurrency.key', 'This input was removed. Choose another one, or none.');
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
  problems.push(...rulesOf(step.type).problems(step).map(({ field, ...problem }) => ({ ...problem, anchor: `${at}.${field}` })));
  if (!(step.retry.maxAttempts >= 1 && step.retry.maxAttempts <= 10)) add('attempts', 'Allow 1 to 10 attempts.');
  if (!(step.retry.initialDelayMs >= 0 && step.retry.initialDelayMs <= hourMs)) add('initialDelay', 'Write 0 to 3600 seconds.');
  if (!(step.retry.maxDelayMs >= 0 && step.retry.maxDelayMs <= 24 * hourMs)) add('maxDelay', 'Write 0 to 86400 seconds.');
  if (step.retry.maxDelayMs < step.retry.initialDelayMs) add('maxDelay', 'This can’t be shorter than the first pause.');
  if (!(step.timeoutMs >= 1 && step.timeoutMs <= hourMs)) add('timeout', 'Write up to 3600 seconds, more than 0.');
  for (const row of step.rows) problems.push(...rowProblems(draft, step, row));
  const within = draftWithin(step);
  for (const inner of step.steps) problems.push(...stepProblems(within, inner));
  const late = step.after.find((id) => draft.steps.some((each) => each.id === id) && !stepsBefore(draft, step.id).some((each) => each.id === id));
  if (late) add('after', `It can’t run after ${nameOf(draft, late)}, which comes later. Move one of the two.`);
  problems.push(...flowProblems(draft, step));
  return problems;
}

function flowProblems(draft: Draft, step: DraftStep): Problem[] {
  const problems: Problem[] = [];
  const at = `steps.${step.id}`;
  const { branches, onError } = step;
  const position = (id: string | null) => draft.steps.findIndex((each) => each.id === id);
  const own = position(step.id);
  for (const id of new Set(branches.map(({ stepId }) => stepId))) {
    if (position(id) < 0) problems.push({ anchor: `${at}.branches`, message: 'The step that decided this was removed. Take the condition out.' });
    else if (position(id) > own) problems.push({ anchor: `${at}.branches`, message: `${nameOf(draft, id)} decides only after this step. Move one of the two.` });
  }
  if (onError.action === 'HANDLE') {
    const handler = position(onError.handlerId);
    if (onError.handlerId === null) problems.push({ anchor: `${at}.handler`, message: 'Choose the step that runs when this one has failed.', missing: true });
    else if (handler < 0) problems.push({ anchor: `${at}.handler`, message: 'The step that it was handed to was removed. Choose another one.' });
    else if (handler < own) problems.push({ anchor: `${at}.handler`, message: `${nameOf(draft, onError.handlerId)} comes before this step. Choose a later one, or move it.` });
  }
  const value = onError.action === 'CONTINUE' && onError.valueText.trim() !== '' ? readJson(onError.valueText) : undefined;
  if (value?.problem !== undefined) problems.push({ anchor: `${at}.errorValue`, message: value.problem });
  return problems;
}

function rowProblems(draft: Draft, step: DraftStep, row: DraftRow): Problem[] {
  const problems: Problem[] = [];
  const anchor = `steps.${step.id}.rows.${row.id}`;
  const name = row.name.trim();
  if (rulesOf(step.type).namesRows) {
    if (name === '') problems.push({ anchor: `${anchor}.name`, message: 'Name it, so that the step can use it.', missing: true });
    else if (!identifier.test(name)) problems.push({ anchor: `${anchor}.name`, message: identifierRule });
    else if (step.rows.find((each) => each.name.trim() === name) !== row) {
      problems.push({ anchor: `${anchor}.name`, message: `There is another value named ${name}.` });
    }
  }
  const { source } = row;
  const choose = name === '' ? 'Choose where the value comes from.' : name === itemsName ? 'Choose the list that it runs for.' : `Choose where ${name} comes from.`;
  if (source.kind === 'none' && !row.optional) problems.push({ anchor, message: choose, missing: true });
  if (source.kind === 'input' && !draft.inputs.some(({ id }) => id === source.id)) {
    problems.push({ anchor, message: `The workflow input that this came from was removed. ${choose}` });
  }
  if (source.kind === 'step' || source.kind === 'error') {
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

/** What a step is called, those within others too. */
export function nameOf(draft: Draft, stepId: string): string {
  const path = pathTo(draft.steps, stepId);
  const step = path.at(-1);
  const name = step?.name.trim();
  if (name) return `“${name}”`;
  const siblings = path.at(-2)?.steps ?? draft.steps;
  return `step ${siblings.findIndex(({ id }) => id === stepId) + 1}`;
}

const stepFields: readonly [prefix: string, field: string][] = [
  ['retry.maxAttempts', 'attempts'],
  ['retry.initialDelayMs', 'initialDelay'],
  ['retry.maxDelayMs', 'maxDelay'],
  ['retry', 'attempts'],
  ['timeoutMs', 'timeout'],
  ['dependsOn', 'after'],
  ['branches', 'branches'],
  ['join', 'join'],
  ['onError.value', 'errorValue'],
  ['onError.handler', 'handler'],
  ['onError', 'onError'],
  ['onUnknownOutcome', 'onUnknownOutcome'],
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
    if (step) return stepAnchor(draft, step, field);
  }
  return group === 'concurrency' ? rest : (group ?? 'name');
}

function stepAnchor(draft: Draft, step: DraftStep, field: readonly string[]): string {
  const [group, list, index, ...within] = field;
  const inner = group === 'settings' && list === 'steps' ? step.steps[Number(index)] : undefined;
  return inner ? stepAnchor(draftWithin(step), inner, within) : `steps.${step.id}.${stepField(draft, step, field)}`;
}

function stepField(draft: Draft, step: DraftStep, field: readonly string[]): string {
  if (field[0] === 'inputs' && field[1] !== undefined) {
    const rowId = sentRows(draft, step)[Number(field[1])]?.rowId;
    if (rowId) return field[2] === 'name' && rulesOf(step.type).namesRows ? `rows.${rowId}.name` : `rows.${rowId}`;
  }
  if (field[0] === 'settings') return rulesOf(step.type).fieldOf(field.slice(1).join('.'));
  const path = field.join('.');
  return stepFields.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? 'name';
}
