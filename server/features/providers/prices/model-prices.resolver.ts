import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ModelPrice, SetModelPriceInput } from '../../../../schema/model-prices.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ModelPricesService } from './model-prices.service.js';

@Resolver(() => ModelPrice)
export class ModelPricesResolver {
  constructor(private readonly service: ModelPricesService) {}

  @Authorized<Permission>('model:read')
  @Query(() => [ModelPrice], { description: 'Of the models that the workspace can call, and of those whose prices are known or set. By their ids.' })
  modelPrices(@Ctx() context: RequestContext): Promise<ModelPrice[]> {
    return this.service.list(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('price:manage')
  @Audited('price.set', 'modelPrice', { id: 'args.input.model' })
  @Mutation(() => ModelPrice, { description: 'Sets what the workspace pays for a model, from its next call on. What was spent stays as it is.' })
  setModelPrice(@Arg('input', () => SetModelPriceInput) input: SetModelPriceInput, @Ctx() context: RequestContext): Promise<ModelPrice> {
    return this.service.set(identityOf(context), input);
  }

  @Authorized<Permission>('price:manage')
  @Audited('price.reset', 'modelPrice', { id: 'args.model' })
  @Mutation(() => ModelPrice, { description: 'Goes back to the price that the product knows, if it knows one.' })
  resetModelPrice(@Arg('model', () => String) model: string, @Ctx() context: RequestContext): Promise<ModelPrice> {
    return this.service.reset(identityOf(context), model);
  }
}
