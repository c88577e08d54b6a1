import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { ApiKey, ApiKeyConnection, CreateApiKeyInput, CreateApiKeyPayload } from '../../../schema/auth.js';
import { type Connection } from '../../../schema/connection.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type ApiKeyService } from './api-key.service.js';
import { type Permission } from './permissions.js';

@Resolver()
export class ApiKeyResolver {
  constructor(private readonly service: ApiKeyService) {}

  @Authorized<Permission>('api-key:manage')
  @Query(() => ApiKeyConnection)
  apiKeys(
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ApiKey>> {
    return this.service.list(identityOf(context), { first, after });
  }

  @Authorized<Permission>('api-key:manage')
  @Audited('api-key.create', 'apiKey', { id: 'result.apiKey.id' })
  @Mutation(() => CreateApiKeyPayload)
  createApiKey(@Arg('input', () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() context: RequestContext): Promise<CreateApiKeyPayload> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('api-key:manage')
  @Audited('api-key.revoke', 'apiKey', { id: 'args.id' })
  @Mutation(() => ApiKey)
  revokeApiKey(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<ApiKey> {
    return this.service.revoke(identityOf(context), id);
  }
}
