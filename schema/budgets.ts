import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

export enum BudgetPeriod {
  DAY = 'DAY',
  MONTH = 'MONTH',
}

registerEnumType(BudgetPeriod, { name: 'BudgetPeriod', description: 'Of the calendar, in UTC.' });

@ObjectType({ description: 'US dollars that calls of models came to.' })
export class Spending {
  @Field(() => Float)
  spentUsd!: number;

  @Field(() => Float, { description: 'Set aside for calls that are under way, and for those that ended in a way that nobody knows the cost of.' })
  reservedUsd!: number;
}

/** Its workflow is resolved from the id kept here. */
@ObjectType({ description: 'What may be spent on models in a day or a month. A call that may cost more than is left is not made.' })
export class Budget extends Spending {
  @Field(() => ID)
  id!: string;

  workflowId!: string;

  @Field(() => BudgetPeriod)
  period!: `${BudgetPeriod}`;

  @Field(() => Float)
  limitUsd!: number;

  @Field(() => Float, { description: 'Of the limit, what is neither spent nor set aside.' })
  leftUsd!: number;

  @Field(() => DateTimeScalar, { description: 'When the next day or month begins, and nothing is spent.' })
  resetsAt!: Date;
}

@InputType()
export class SetBudgetInput {
  @Field(() => ID, { nullable: true, description: 'Left out: for the whole workspace.' })
  workflowId?: string | null;

  @Field(() => BudgetPeriod)
  period!: `${BudgetPeriod}`;

  @Field(() => Float)
  limitUsd!: number;
}
