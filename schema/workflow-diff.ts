import { Field, ObjectType } from 'type-graphql';
import { DiffChange, FieldDiff } from './prompt-diff.js';

@ObjectType({ description: 'Steps are the same where they have the same key.' })
export class StepDiff {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DiffChange)
  change!: `${DiffChange}`;

  @Field(() => [FieldDiff], { description: 'By paths such as `settings.expression`, or `inputs.text.from`. Of a step that was added or removed, all that it says.' })
  fields!: FieldDiff[];

  @Field(() => Boolean, { description: 'It stands elsewhere among the steps that both have.' })
  moved!: boolean;
}

@ObjectType()
export class WorkflowVersionDiff {
  @Field(() => [StepDiff], { description: 'Those that differ: as they stand in the later version, removed ones last.' })
  steps!: StepDiff[];

  @Field(() => [FieldDiff])
  inputs!: FieldDiff[];

  @Field(() => [FieldDiff], { description: 'What holds for the whole workflow.' })
  settings!: FieldDiff[];
}
