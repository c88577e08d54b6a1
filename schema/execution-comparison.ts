import { Field, ObjectType } from 'type-graphql';
import { Execution, StepExecution } from './executions.js';
import { DiffChange, FieldDiff, LineDiff } from './prompt-diff.js';

@ObjectType({ description: 'How one value became another. Two texts are compared line by line, other values by what stands at each place in them.' })
export class ValueDiff {
  @Field(() => DiffChange, { description: 'ADDED, REMOVED: only one side has a value.' })
  change!: `${DiffChange}`;

  @Field(() => [LineDiff], { description: 'Of texts; empty where they are the same.' })
  lines!: LineDiff[];

  @Field(() => [FieldDiff], { description: 'Of other values: the places that differ, by paths such as `items.0.name`; an empty path is the whole value.' })
  fields!: FieldDiff[];

  @Field(() => Boolean, { description: 'They differ in more than is told: they are too long to be compared, or in too many places.' })
  truncated!: boolean;
}

@ObjectType()
export class StepComparison {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => StepExecution, { nullable: true, description: 'Null where its version of the workflow has no such step.' })
  base?: StepExecution | undefined;

  @Field(() => StepExecution, { nullable: true })
  other?: StepExecution | undefined;

  @Field(() => ValueDiff)
  output!: ValueDiff;
}

@ObjectType()
export class ExecutionComparison {
  @Field(() => Execution)
  base!: Execution;

  @Field(() => Execution)
  other!: Execution;

  @Field(() => ValueDiff)
  inputs!: ValueDiff;

  @Field(() => ValueDiff)
  output!: ValueDiff;

  @Field(() => [StepComparison], { description: 'As they stand in the other execution, then those that only the base has.' })
  steps!: StepComparison[];
}
