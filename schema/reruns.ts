import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Execution } from './executions.js';

export enum RerunVersion {
  SAME = 'SAME',
  LATEST = 'LATEST',
}

registerEnumType(RerunVersion, { name: 'RerunVersion', description: "SAME: the workflow's version that ran before. LATEST: the newest one." });

@InputType({ description: 'Exactly one of `promptVersionId` and `version`.' })
export class StepPromptVersionInput {
  @Field(() => String, { description: 'Of a step within a MAP, or of a workflow that is called, all keys on the way to it, such as `each/summarise`.' })
  stepKey!: string;

  @Field(() => ID, { nullable: true })
  promptVersionId?: string | null;

  @Field(() => String, { nullable: true, description: 'A number such as 1.4.0.' })
  version?: string | null;
}

@InputType()
export class StepModelInput {
  @Field(() => String, { description: 'As in StepPromptVersionInput.' })
  stepKey!: string;

  @Field(() => String, { description: 'One that `models` lists. The other model settings stay as they were.' })
  model!: string;
}

@InputType()
export class RerunExecutionInput {
  @Field(() => ID)
  executionId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The key of a step. It runs again, and so does every step that did not complete, or is changed here, with all that hangs on those; the results of the others are\n' +
      'taken over. Absent: every step runs again.',
  })
  fromStep?: string | null;

  @Field(() => String, { nullable: true, description: 'A prompt branch. What runs is pinned anew: on it where a prompt has it, else what the step says.' })
  branch?: string | null;

  @Field(() => [StepPromptVersionInput], { nullable: true })
  promptVersions?: StepPromptVersionInput[] | null;

  @Field(() => [StepModelInput], { nullable: true })
  models?: StepModelInput[] | null;

  @Field(() => RerunVersion, { defaultValue: RerunVersion.SAME, description: 'With LATEST what runs is pinned anew, and steps that the newest version has changed run again.' })
  workflowVersion!: `${RerunVersion}`;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters. However often it is given, one execution is started.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What became of one of several: its new execution, or why it was not run again.' })
export class RerunOutcome {
  @Field(() => ID, { description: 'Of the execution that was to be run again.' })
  executionId!: string;

  @Field(() => Execution, { nullable: true })
  execution?: Execution | undefined;

  @Field(() => String, { nullable: true })
  refusal?: string | undefined;
}
