import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JsonScalar } from './scalars.js';

export enum WorkflowInputType {
  STRING = 'STRING',
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  BOOLEAN = 'BOOLEAN',
  JSON = 'JSON',
}

registerEnumType(WorkflowInputType, { name: 'InputType' });

export enum StepType {
  PROMPT = 'PROMPT',
  CONDITION = 'CONDITION',
  DECISION = 'DECISION',
  TRANSFORM = 'TRANSFORM',
  DELAY = 'DELAY',
  WEBHOOK = 'WEBHOOK',
  MAP = 'MAP',
  WORKFLOW = 'WORKFLOW',
  APPROVAL = 'APPROVAL',
}

registerEnumType(StepType, { name: 'StepType' });

export enum StepJoin {
  ALL = 'ALL',
  ANY = 'ANY',
}

registerEnumType(StepJoin, {
  name: 'StepJoin',
  description: 'ALL: the step is skipped as soon as one that it waits for is. ANY: it runs when at least one of them completed, once all are settled.',
});

export enum StepErrorAction {
  STOP = 'STOP',
  CONTINUE = 'CONTINUE',
  HANDLE = 'HANDLE',
}

registerEnumType(StepErrorAction, {
  name: 'StepErrorAction',
  description:
    'STOP: the run fails. CONTINUE: the step completes with the value that is given. HANDLE: its handler runs, and the steps that depend on it are skipped.',
});

export enum UnknownOutcomeAction {
  RETRY = 'RETRY',
  FAIL = 'FAIL',
  HOLD = 'HOLD',
}

registerEnumType(UnknownOutcomeAction, { name: 'UnknownOutcomeAction', description: 'HOLD: the step waits for a person, who says what to do.' });

@ObjectType({ description: 'An input that whoever runs the workflow gives a value for.' })
export class WorkflowInput {
  @Field(() => String)
  name!: string;

  @Field(() => WorkflowInputType)
  type!: `${WorkflowInputType}`;

  @Field(() => Boolean)
  required!: boolean;

  @Field(() => String)
  description!: string;

  @Field(() => JsonScalar, { nullable: true })
  defaultValue?: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'A JSON Schema that values must fit, beside the type.' })
  schema?: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'What a person who tries the workflow begins with.' })
  sample?: unknown;
}

@ObjectType({
  description:
    'A value that a step is given under a name: what `from` refers to (`inputs.document`, `steps.summarise.output`, `steps.extract.output.items[0].title`),\n' +
    'or the constant `value`. Exactly one of the two.',
})
export class StepInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  value?: unknown;
}

@ObjectType({
  description: 'How often and with what pauses a failed attempt is made again. Pauses double from `initialDelayMs` up to `maxDelayMs`, with full jitter.',
})
export class RetryPolicy {
  @Field(() => Int)
  maxAttempts!: number;

  @Field(() => Int)
  initialDelayMs!: number;

  @Field(() => Int)
  maxDelayMs!: number;
}

@ObjectType({ description: 'The step runs only when that step, a CONDITION (`true` or `false`), a DECISION or an APPROVAL (`approved` or `rejected`), gave that outcome. Of several for one step, any will do.' })
export class StepBranch {
  @Field(() => String)
  step!: string;

  @Field(() => String)
  outcome!: string;
}

@ObjectType()
export class StepErrorPolicy {
  @Field(() => StepErrorAction)
  action!: `${StepErrorAction}`;

  @Field(() => JsonScalar, { nullable: true, description: "With CONTINUE: the step's output then." })
  value?: unknown;

  @Field(() => String, { nullable: true, description: 'With HANDLE: the key of a step that runs only then.' })
  handler?: string | null;
}

@ObjectType()
export class RunConcurrency {
  @Field(() => Int, { nullable: true, description: 'Runs of the workflow that may be under way at a time.' })
  maxRuns?: number | null;

  @Field(() => String, { nullable: true, description: 'What tells runs apart, such as `inputs.customer`.' })
  key?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of those with the same key.' })
  maxRunsPerKey?: number | null;
}

@ObjectType()
export class WorkflowStep {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => StepType)
  type!: `${StepType}`;

  @Field(() => [String], {
    description: 'Keys of the steps that must have completed before this one starts, those that its inputs refer to included.',
  })
  dependsOn!: string[];

  @Field(() => [StepInput])
  inputs!: StepInput[];

  @Field(() => JsonScalar, {
    description:
      'PROMPT: `{ promptId, at?, model? }`, `at` being one of `{ label }`, `{ version }` and `{ branch }`, else the newest version on main; or\n' +
      '`{ inline: { messages: [{ role, content }], outputSchema? }, model }`. Instead of `model` 2 to 4 `models` with a `mode`: PARALLEL, all answer\n' +
      'and the output is a list of { model, output, error, usage, costUsd, durationMs }; FALLBACK, each is asked when those before it have failed.\n' +
      'With an output schema the output is JSON that fits it, for which a model is asked again up to `repairs` times (1). CONDITION, TRANSFORM: `{ expression }`, JSONata over the step\'s inputs; TRANSFORM also `{ template }`, Liquid over them that makes a text. DELAY: `{ durationMs }`, or\n' +
      '`{ until }`, an instant; an input named `until` takes its place. WEBHOOK: `{ method, url, headers?, body?, response?, successStatus? }`; its output `{ status, headers, body }`. MAP: `{ steps, maxParallel?, onItemError? }`, steps that run for each item of\n' +
      'the input `items`, and refer to it as `item`, to its place as `index` and to the other inputs as `inputs.<name>`; its output is the list of\n' +
      'theirs. WORKFLOW: `{ workflowId }`; its inputs are those of that workflow, and its output what comes out of it. DECISION:\n' +
      '`{ mode, outcomes, otherwise? }`; the output is the name of an outcome. With the mode EXPRESSION the first of the `outcomes`, `{ name, expression }`,\n' +
      'whose expression is true; with MODEL, and a `model` and perhaps a `question`, the one of `{ name, description? }` that the model chooses. APPROVAL: `{ title, instructions?, approvers?, deadlineMs?, onDeadline?, fields? }`,\n' +
      'title and instructions being Liquid over the step\'s inputs, `approvers` EDITOR (as where it is absent) or OWNER, `onDeadline` APPROVE, REJECT or FAIL\n' +
      '(as where it is absent), and `fields` a JSON Schema of what whoever approves fills in. Its output is `{ outcome, decidedBy, comment, values, at }`.\n' +
      'Where no step hangs on its outcome, a rejection fails the step with the code REJECTED.',
  })
  settings!: unknown;

  @Field(() => StepJoin)
  join!: `${StepJoin}`;

  @Field(() => [StepBranch])
  branches!: StepBranch[];

  @Field(() => StepErrorPolicy)
  onError!: StepErrorPolicy;

  @Field(() => UnknownOutcomeAction)
  onUnknownOutcome!: `${UnknownOutcomeAction}`;

  @Field(() => RetryPolicy)
  retry!: RetryPolicy;

  @Field(() => Int, { description: 'Longest time that one attempt may take.' })
  timeoutMs!: number;
}
