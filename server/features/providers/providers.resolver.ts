import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { Model } from '../../../schema/providers.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type ProvidersService } from './providers.service.js';

@Resolver(() => Model)
export class ProvidersResolver {
  constructor(private readonly service: ProvidersService) {}

  @Authorized<Permission>('model:read')
  @Query(() => [Model])
  async models(@Ctx() context: RequestContext): Promise<Model[]> {
    const models = await this.service.of(identityOf(context).workspaceId);
    return models.list().map(({ price, rate: _rate, ...model }) => ({ ...model, inputPrice: price?.input, outputPrice: price?.output }));
  }
}
