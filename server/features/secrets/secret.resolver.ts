import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../../../schema/auth.js';
import { DeletedPayload } from '../../../schema/deleted.js';
import { CreateSecretInput, Secret, SetSecretInput } from '../../../schema/secrets.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type PersonLoader } from '../auth/person.loader.js';
import { type SecretsService } from './secret.service.js';

@Resolver(() => Secret)
export class SecretResolver {
  constructor(
    private readonly service: SecretsService,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('secret:read')
  @Query(() => [Secret], { description: 'By name.' })
  secrets(@Ctx() context: RequestContext): Promise<Secret[]> {
    return this.service.list(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('secret:write')
  @Audited('secret.create', 'secret', { id: 'result.id' })
  @Mutation(() => Secret)
  createSecret(@Arg('input', () => CreateSecretInput) input: CreateSecretInput, @Ctx() context: RequestContext): Promise<Secret> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('secret:write')
  @Audited('secret.set', 'secret', { id: 'args.input.id' })
  @Mutation(() => Secret, { description: 'Puts a new value in the place of the old one. Steps send it from their next attempt on.' })
  setSecret(@Arg('input', () => SetSecretInput) input: SetSecretInput, @Ctx() context: RequestContext): Promise<Secret> {
    return this.service.set(identityOf(context), input);
  }

  @Authorized<Permission>('secret:write')
  @Audited('secret.delete', 'secret', { id: 'args.id' })
  @Mutation(() => DeletedPayload, { description: 'Deletes the value for good. Steps that name it fail from then on.' })
  deleteSecret(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<DeletedPayload> {
    return this.service.delete(identityOf(context), id);
  }

  @FieldResolver(() => Person)
  createdBy(@Root() { createdById }: Secret, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, createdById);
  }
}
