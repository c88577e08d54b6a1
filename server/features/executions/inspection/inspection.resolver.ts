import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Execution, StepExecution } from '../../../../schema/executions.js';
import { ChildState, StepAttempt, StepLog, ValueExcerpt } from '../../../../schema/step-inspection.js';
import { type RequestContext } from '../../../graphql/context.js';
import { type InspectionLoader } from './inspection.loader.js';
import { excerptOf } from './value-excerpt.js';

@Resolver(() => StepExecution)
export class StepInspectionResolver {
  constructor(private readonly loader: InspectionLoader) {}

  @FieldResolver(() => [StepAttempt], { description: 'Oldest first.' })
  attempts(@Root() { executionId, key }: StepExecution, @Ctx() context: RequestContext): Promise<StepAttempt[]> | StepAttempt[] {
    return executionId === undefined ? [] : this.loader.attempts(context, executionId, key);
  }

  @FieldResolver(() => [StepLog], { description: 'Oldest first; of more than 1,000 the newest.' })
  logs(@Root() { executionId, key }: StepExecution, @Ctx() context: RequestContext): Promise<StepLog[]> | StepLog[] {
    return executionId === undefined ? [] : this.loader.logs(context, executionId, key);
  }

  @FieldResolver(() => [ChildState], { description: 'How the executions stand that run for it.' })
  childStates(@Root() { executionId, key }: StepExecution, @Ctx() context: RequestContext): Promise<ChildState[]> | ChildState[] {
    return executionId === undefined ? [] : this.loader.childStates(context, executionId, key);
  }

  @FieldResolver(() => ValueExcerpt, { nullable: true })
  inputExcerpt(@Root() { input }: StepExecution): ValueExcerpt | undefined {
    return excerptOf(input);
  }

  @FieldResolver(() => ValueExcerpt, { nullable: true })
  outputExcerpt(@Root() { output }: StepExecution): ValueExcerpt | undefined {
    return excerptOf(output);
  }
}

@Resolver(() => Execution)
export class ExecutionInspectionResolver {
  @FieldResolver(() => ValueExcerpt, { nullable: true })
  outputExcerpt(@Root() { output }: Execution): ValueExcerpt | undefined {
    return excerptOf(output);
  }
}
