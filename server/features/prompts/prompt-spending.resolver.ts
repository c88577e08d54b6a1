import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Spending } from '../../../schema/budgets.js';
import { PromptVersion } from '../../../schema/prompts.js';
import { DateTimeScalar } from '../../../schema/scalars.js';
import { type RequestContext } from '../../graphql/context.js';
import { type SpendLoader } from '../providers/spending/spend.loader.js';

@Resolver(() => PromptVersion)
export class PromptSpendingResolver {
  constructor(private readonly loader: SpendLoader) {}

  @FieldResolver(() => Spending, { description: 'On models, by runs of this version alone and by steps of workflows. Whole days in UTC, from the first to the last.' })
  spending(
    @Root() { id }: PromptVersion,
    @Arg('from', () => DateTimeScalar, { nullable: true }) from: Date | null,
    @Arg('to', () => DateTimeScalar, { nullable: true }) to: Date | null,
    @Ctx() context: RequestContext,
  ): Promise<Spending> {
    return this.loader.spending(context, id, from ?? undefined, to ?? undefined);
  }
}
