import { Authorized, Query, Resolver } from 'type-graphql';
import { Model } from '../../../schema/providers.js';
import { type Permission } from '../auth/permissions.js';
import { type ProvidersService } from './providers.service.js';

@Resolver(() => Model)
export class ProvidersResolver {
  constructor(private readonly service: ProvidersService) {}

  @Authorized<Permission>('model:read')
  @Query(() => [Model])
  models(): Model[] {
    return this.service.models().map(({ price, ...model }) => ({ ...model, inputPrice: price?.input, outputPrice: price?.output }));
  }
}
