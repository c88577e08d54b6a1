import { describe, expect, test } from '@jest/globals';

import { addInput, addStep, duplicateStep, emptyDraft, moveStep, newInput, newStep, removeStep, renameStep, setSource, takeVariables, updateInput, updateStep, type Draft } from './draft';
import { definitionFrom, draftFrom } from './draft-definition';
import { anchorOf, problemsIn } from './draft-problems';
import { changeWithin } from './draft-scope';
import { changeOutcome } from './steps/decision.rules';
import type { WorkflowStep } from './workflow.operations';

const retry = { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 30_000 };

function savedStep(step: Partial<WorkflowStep> & Pick<WorkflowStep, 'key'>): WorkflowStep {
  return { name: step.key, type: 'TRANSFORM', settings: { expression: 'text' }, inputs: [], dependsOn: [], join: 'ALL', branches: [], onError: { action: 'STOP', value: null, handler: null }, onUnknownOutcome: 'RETRY', retry, timeoutMs: 60_000, ...step };
}

const saved = {
  maxParallel: 2,
  deadlineMs: null,
  budgetUsd: null,
  concurrency: null,
  inputs: [{ name: 'document', type: 'TEXT' as const, required: true, description: 'What to read', defaultValue: null, schema: null, sample: null }],
  steps: [
    savedStep({ key: 'report', dependsOn: ['extract', 'cleanup'], inputs: [{ name: 'facts', from: 'steps.extract.output.items[0].title', value: null }] }),
    savedStep({ key: 'extract', type: 'PROMPT', settings: { promptId: 'p1' }, inputs: [{ name: 'document', from: 'inputs.document', value: null }, { name: 'limit', from: null, value: 5 }] }),
    savedStep({ key: 'cleanup' }),
  ],
};

/** A step that makes a title of each item and checks it. */
function mapped() {
  const title = savedStep({
    key: 'title',
    inputs: [{ name: 'text', from: 'item.body', value: null }, { name: 'place', from: 'index', value: null }, { name: 'tone', from: 'inputs.tone', value: null }],
  });
  const check = savedStep({ key: 'check', type: 'CONDITION', dependsOn: ['title'], inputs: [{ name: 'title', from: 'steps.title.output', value: null }], settings: { expression: 'title != ""' } });
  // As it is stored, where nothing is null.
  const steps: unknown = JSON.parse(JSON.stringify([title, check], (_, value: unknown) => value ?? undefined));
  return {
    ...saved,
    steps: [savedStep({ key: 'each', type: 'MAP', settings: { maxParallel: 2, steps }, inputs: [{ name: 'items', from: 'inputs.document', value: null }, { name: 'tone', from: null, value: 'dry' }] })],
  };
}

function twoSteps(): Draft {
  const input = { ...newInput('document', 'TEXT') };
  const draft = addStep(addStep({ ...emptyDraft(), name: 'Digest', inputs: [input] }, newStep('PROMPT', { promptId: 'p1' })), {
    ...newStep('TRANSFORM', { expression: 'text' }),
    rows: [{ id: 'row', name: 'text', source: { kind: 'none' } }],
  });
  const [first, second] = draft.steps;
  const named = renameStep(renameStep(draft, first?.id ?? '', 'Key points'), second?.id ?? '', 'Key points');
  return setSource(named, second?.id ?? '', 'row', { kind: 'step', id: first?.id ?? '', path: '' });
}

const needed = (...names: string[]) => names.map((name) => ({ name, optional: false }));

describe('a workflow being edited', () => {
  test('saves as it was loaded, its steps in an order in which each comes after what it needs', () => {
    const definition = definitionFrom(draftFrom('Digest', '', saved));
    expect(definition.steps.map((step) => step.key)).toEqual(['extract', 'cleanup', 'report']);
    expect(definition.steps[0]?.inputs).toEqual([{ name: 'document', from: 'inputs.document' }, { name: 'limit', value: 5 }]);
    expect(definition.steps[2]).toMatchObject({ dependsOn: ['cleanup'], inputs: [{ name: 'facts', from: 'steps.extract.output.items[0].title' }] });
    expect(definition.inputs).toMatchObject([{ name: 'document', type: 'TEXT', required: true, description: 'What to read' }]);
    expect(problemsIn(draftFrom('Digest', '', saved))).toEqual([]);
  });

  test('makes keys from names, each its own', () => {
    expect(twoSteps().steps.map((step) => step.key)).toEqual(['key_points', 'key_points_2']);
  });

  test('keeps a mapping whole when what it comes from is renamed', () => {
    const draft = twoSteps();
    const renamed = updateInput(renameStep(draft, draft.steps[0]?.id ?? '', 'Main ideas'), draft.inputs[0]?.id ?? '', { name: 'article' });
    expect(definitionFrom(renamed).steps[1]?.inputs).toEqual([{ name: 'text', from: 'steps.main_ideas.output' }]);
  });

  test('tells that a mapping lost its source, and has it again when the step comes back', () => {
    const draft = twoSteps();
    const [first] = draft.steps;
    const without = removeStep(draft, first?.id ?? '');
    expect(problemsIn(without)).toMatchObject([{ anchor: expect.stringContaining('rows.row'), message: expect.stringContaining('was removed') }]);
    expect(definitionFrom(addStep(without, first ?? newStep('PROMPT'), 0))).toEqual(definitionFrom(draft));
  });

  test('tells that a step moved before what it takes its input from', () => {
    const draft = twoSteps();
    const moved = moveStep(draft, draft.steps[1]?.id ?? '', -1);
    expect(problemsIn(moved)).toMatchObject([{ message: expect.stringContaining('“Key points” does not run before this step') }]);
    expect(moveStep(moved, draft.steps[1]?.id ?? '', -1)).toBe(moved);
  });

  test('maps a prompt’s variables to what has the same name, and keeps what was mapped by hand', () => {
    const draft = twoSteps();
    const id = draft.steps[0]?.id ?? '';
    const first = takeVariables(draft, id, needed('document', 'tone'));
    expect(first.steps[0]?.rows).toMatchObject([{ name: 'document', source: { kind: 'input' } }, { name: 'tone', source: { kind: 'none' } }]);
    const byHand = setSource(first, id, first.steps[0]?.rows[1]?.id ?? '', { kind: 'constant', format: 'text', text: 'dry' });
    expect(takeVariables(byHand, id, needed('tone')).steps[0]?.rows).toMatchObject([{ name: 'tone', source: { text: 'dry' } }]);
    expect(takeVariables(byHand, id, needed('document', 'tone'))).toBe(byHand);
    expect(takeVariables(byHand, id, needed('tone', 'document'))).toBe(byHand);
  });

  test('leaves what is optional unmapped, and does not complain of it', () => {
    const draft = twoSteps();
    const id = draft.steps[0]?.id ?? '';
    const taken = takeVariables(draft, id, [{ name: 'document', optional: true }, { name: 'tone', optional: true }]);
    expect(taken.steps[0]?.rows).toMatchObject([{ source: { kind: 'none' } }, { source: { kind: 'none' } }]);
    expect(problemsIn(taken)).toEqual([]);
    expect(definitionFrom(taken).steps[0]?.inputs).toEqual([]);
    expect(problemsIn(takeVariables(taken, id, needed('document', 'tone')))).toMatchObject([{ message: 'Choose where document comes from.' }, { message: 'Choose where tone comes from.' }]);
  });

  test('finds the field that the server found fault with, although rows that are not filled in are not sent', () => {
    const draft = takeVariables(twoSteps(), twoSteps().steps[0]?.id ?? '', []);
    const [first, second] = draft.steps;
    const withGap = { ...draft, steps: draft.steps.map((step) => (step === first ? { ...step, rows: [{ id: 'gap', name: 'tone', source: { kind: 'none' as const } }, { id: 'filled', name: 'text', source: { kind: 'constant' as const, format: 'text' as const, text: 'x' } }] } : step)) };
    expect(anchorOf(withGap, 'input.definition.steps.0.inputs.0.from')).toBe(`steps.${first?.id}.rows.filled`);
    expect(anchorOf(withGap, 'input.definition.steps.1.settings.expression')).toBe(`steps.${second?.id}.expression`);
    expect(anchorOf(withGap, 'input.definition.steps.1.retry.maxAttempts')).toBe(`steps.${second?.id}.attempts`);
    expect(anchorOf(withGap, 'input.definition.steps.0.dependsOn.0')).toBe(`steps.${first?.id}.after`);
    expect(anchorOf(withGap, 'input.definition.inputs.0.defaultValue')).toBe(`inputs.${draft.inputs[0]?.id}.default`);
    expect(anchorOf(withGap, 'input.name')).toBe('name');
  });

  test('keeps branches, error handling, limits and what it does not know of a step, and names them by the keys of the moment', () => {
    const workflow = {
      ...saved,
      deadlineMs: 60_000,
      budgetUsd: 0.5,
      concurrency: { maxRuns: 3, key: 'inputs.document', maxRunsPerKey: 1 },
      steps: [
        savedStep({ key: 'check', type: 'CONDITION', settings: { expression: 'true' } }),
        savedStep({ key: 'ask', type: 'PROMPT', settings: { promptId: 'p1', repairs: 2 }, dependsOn: ['check'], branches: [{ step: 'check', outcome: 'true' }], onError: { action: 'HANDLE', value: null, handler: 'sorry' }, onUnknownOutcome: 'HOLD' }),
        savedStep({ key: 'sorry', dependsOn: ['ask'], inputs: [{ name: 'why', from: 'steps.ask.error.message', value: null }] }),
        savedStep({ key: 'end', join: 'ANY', dependsOn: ['ask', 'sorry'], onError: { action: 'CONTINUE', value: { none: true }, handler: null } }),
      ],
    };
    const draft = draftFrom('Digest', '', workflow);
    expect(problemsIn(draft)).toEqual([]);
    const renamed = renameStep({ ...draft, steps: draft.steps.map((step) => ({ ...step, keyFollowsName: step.key === 'check' })) }, draft.steps[0]?.id ?? '', 'Is it long?');
    const definition = definitionFrom(renamed);
    expect(definition).toMatchObject({ deadlineMs: 60_000, budgetUsd: 0.5, concurrency: workflow.concurrency });
    expect(definition.steps.slice(1)).toMatchObject([
      { settings: { promptId: 'p1', repairs: 2 }, dependsOn: [], branches: [{ step: 'is_it_long', outcome: 'true' }], onError: { action: 'HANDLE', handler: 'sorry' }, onUnknownOutcome: 'HOLD' },
      { dependsOn: [], inputs: [{ name: 'why', from: 'steps.ask.error.message' }] },
      { dependsOn: ['ask', 'sorry'], join: 'ANY', onError: { action: 'CONTINUE', value: { none: true } } },
    ]);
  });

  test('tells that a branch hangs on a step that decides later, and that a handler comes too early', () => {
    const draft = draftFrom('Digest', '', {
      ...saved,
      steps: [savedStep({ key: 'check', type: 'CONDITION' }), savedStep({ key: 'ask', dependsOn: ['check'], branches: [{ step: 'check', outcome: 'true' }] })],
    });
    const [check, ask] = draft.steps;
    const moved = moveStep(draft, ask?.id ?? '', -1);
    expect(problemsIn(moved)).toMatchObject([{ anchor: `steps.${ask?.id}.branches`, message: expect.stringContaining('decides only after this step') }]);
    const handled = updateStep(draft, ask?.id ?? '', (step) => ({ ...step, onError: { action: 'HANDLE', valueText: '', handlerId: check?.id ?? null } }));
    expect(problemsIn(handled)).toMatchObject([{ anchor: `steps.${ask?.id}.handler`, message: expect.stringContaining('comes before this step') }]);
    expect(anchorOf(draft, 'input.definition.steps.1.branches.0.outcome')).toBe(`steps.${ask?.id}.branches`);
    expect(anchorOf(draft, 'input.definition.concurrency.key')).toBe('concurrency.key');
  });

  test('duplicates a step under a key of its own, on which nothing hangs', () => {
    const draft = twoSteps();
    const copied = duplicateStep(draft, draft.steps[0]?.id ?? '', 'copy');
    expect(copied.steps.map(({ key }) => key)).toEqual(['key_points', 'key_points_3', 'key_points_2']);
    expect(copied.steps[1]).toMatchObject({ id: 'copy', name: 'Key points copy', settings: { promptId: 'p1' } });
    expect(definitionFrom(copied).steps[2]?.inputs).toEqual([{ name: 'text', from: 'steps.key_points.output' }]);
  });

  test('keeps the steps of a step as they were saved, with what they take from the item, the values around and one another', () => {
    const definition = definitionFrom(draftFrom('Digest', '', mapped()));
    expect(definition.steps[0]?.settings).toEqual({
      maxParallel: 2,
      steps: [
        expect.objectContaining({ key: 'title', inputs: [{ name: 'text', from: 'item.body' }, { name: 'place', from: 'index' }, { name: 'tone', from: 'inputs.tone' }] }),
        expect.objectContaining({ key: 'check', inputs: [{ name: 'title', from: 'steps.title.output' }], branches: [] }),
      ],
    });
    expect(problemsIn(draftFrom('Digest', '', mapped()))).toEqual([]);
  });

  test('tells what is wrong within a step beside the field there, and finds what the server says of it', () => {
    const draft = draftFrom('Digest', '', mapped());
    const [each] = draft.steps;
    const [title, check] = each?.steps ?? [];
    const moved = changeWithin(draft, each?.id ?? '', (within) => moveStep(within, check?.id ?? '', -1));
    expect(problemsIn(moved)).toMatchObject([{ anchor: expect.stringContaining(`steps.${check?.id}.rows`), message: expect.stringContaining('“title” does not run before this step') }]);
    expect(anchorOf(draft, 'input.definition.steps.0.settings.steps.1.settings.expression')).toBe(`steps.${check?.id}.expression`);
    expect(anchorOf(draft, 'input.definition.steps.0.settings.steps.0.inputs.0.from')).toBe(`steps.${title?.id}.rows.${title?.rows[0]?.id}`);
    expect(anchorOf(draft, 'input.definition.steps.0.settings.maxParallel')).toBe(`steps.${each?.id}.maxParallel`);
  });

  test('makes an input that a step within a step asks for a value of the step around', () => {
    const draft = draftFrom('Digest', '', mapped());
    const id = draft.steps[0]?.id ?? '';
    const added = changeWithin(draft, id, (within) => addInput(within, newInput('language', 'TEXT')));
    expect(added.steps[0]?.rows.map(({ name, source }) => [name, source.kind])).toEqual([['items', 'input'], ['tone', 'constant'], ['language', 'none']]);
  });

  test('duplicates a step with the steps in it, which then refer to one another alone', () => {
    const draft = draftFrom('Digest', '', mapped());
    const id = draft.steps[0]?.id ?? '';
    const copied = duplicateStep(draft, id, 'copy');
    expect(definitionFrom(copied).steps[1]?.settings).toEqual(definitionFrom(draft).steps[0]?.settings);
    const within = changeWithin(copied, 'copy', (steps) => renameStep({ ...steps, steps: steps.steps.map((step) => ({ ...step, keyFollowsName: true })) }, steps.steps[0]?.id ?? '', 'Heading'));
    expect(definitionFrom(within).steps[0]?.settings).toEqual(definitionFrom(draft).steps[0]?.settings);
    expect(definitionFrom(within).steps[1]?.settings).toMatchObject({ steps: [{ key: 'heading' }, { inputs: [{ from: 'steps.heading.output' }] }] });
  });

  test('lets the steps that hang on an outcome follow its name', () => {
    const draft = draftFrom('Sort', '', {
      ...saved,
      steps: [
        savedStep({ key: 'sort', type: 'DECISION', settings: { mode: 'EXPRESSION', outcomes: [{ name: 'refund', expression: 'amount < 20' }, { name: 'other', expression: 'true' }], otherwise: 'other' } }),
        savedStep({ key: 'pay', dependsOn: ['sort'], branches: [{ step: 'sort', outcome: 'refund' }] }),
      ],
    });
    const id = draft.steps[0]?.id ?? '';
    const renamed = changeOutcome(changeOutcome(draft, id, 0, { name: 'pay back' }), id, 1, { name: 'rest' });
    expect(definitionFrom(renamed).steps).toMatchObject([
      { settings: { outcomes: [{ name: 'pay back', expression: 'amount < 20' }, { name: 'rest' }], otherwise: 'rest' } },
      { branches: [{ step: 'sort', outcome: 'pay back' }] },
    ]);
  });
});
