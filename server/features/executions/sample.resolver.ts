import { Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { JsonScalar } from '../../../schema/scalars.js';
import { AvailableValue } from '../../../schema/workflow-validation.js';
import { type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type SampleLoader } from './sample.loader.js';

@Resolver(() => AvailableValue)
export class AvailableValueResolver {
  constructor(private readonly samples: SampleLoader) {}

  @Authorized<Permission>('execution:read')
  @FieldResolver(() => JsonScalar, { nullable: true, description: 'What it was in the last run that completed, long texts and lists cut short; of an input without one, its sample or default.' })
  async sample(@Root() { sampleFrom, workflowId, given }: AvailableValue, @Ctx() context: RequestContext): Promise<unknown> {
    return (workflowId === undefined || sampleFrom === undefined ? undefined : await this.samples.sample(context, workflowId, sampleFrom)) ?? given;
  }
}
