import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  AvailableModels,
  CreateProviderCredentialInput,
  CredentialStatus,
  CredentialTest,
  ProviderCredential,
  RotateProviderCredentialInput,
  UpdateProviderCredentialInput,
} from '../../../../schema/credentials.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type CredentialService } from './credential.service.js';
import { type CredentialRecord } from './credential.store.js';

@Resolver(() => ProviderCredential)
export class CredentialResolver {
  constructor(private readonly service: CredentialService) {}

  @Authorized<Permission>('credential:read')
  @Query(() => [ProviderCredential], { description: 'Oldest first, revoked ones too.' })
  providerCredentials(@Ctx() context: RequestContext): Promise<object[]> {
    return this.service.list(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('credential:manage')
  @Query(() => AvailableModels, { description: 'Asks the provider which models a key reaches.' })
  availableModels(@Arg('credentialId', () => ID) id: string, @Ctx() context: RequestContext): Promise<AvailableModels> {
    return this.service.available(identityOf(context), id);
  }

  @Authorized<Permission>('credential:manage')
  @Audited('provider.create', 'provider', { id: 'result.id' })
  @Mutation(() => ProviderCredential)
  createProviderCredential(@Arg('input', () => CreateProviderCredentialInput) input: CreateProviderCredentialInput, @Ctx() context: RequestContext): Promise<object> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('credential:manage')
  @Audited('provider.rotate', 'provider', { id: 'args.input.id' })
  @Mutation(() => ProviderCredential, { description: 'Puts a new key in the place of the old one. Another address needs a new key, too.' })
  rotateProviderCredential(@Arg('input', () => RotateProviderCredentialInput) input: RotateProviderCredentialInput, @Ctx() context: RequestContext): Promise<object> {
    return this.service.rotate(identityOf(context), input);
  }

  @Authorized<Permission>('credential:manage')
  @Audited('provider.update', 'provider', { id: 'args.input.id' })
  @Mutation(() => ProviderCredential, { description: 'What is left out stays as it is.' })
  updateProviderCredential(@Arg('input', () => UpdateProviderCredentialInput) input: UpdateProviderCredentialInput, @Ctx() context: RequestContext): Promise<object> {
    return this.service.update(identityOf(context), input);
  }

  @Authorized<Permission>('credential:manage')
  @Audited('provider.revoke', 'provider', { id: 'args.id' })
  @Mutation(() => ProviderCredential, { description: 'Deletes the key for good. A new provider may take its slug.' })
  revokeProviderCredential(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<object> {
    return this.service.revoke(identityOf(context), id);
  }

  @Authorized<Permission>('credential:manage')
  @Audited('provider.test', 'provider', { id: 'args.id', keep: ['args.model', 'result.lastTest'] })
  @Mutation(() => CredentialTest, { description: 'Asks a model for a word, or the provider which models the key reaches.' })
  testProviderCredential(
    @Arg('id', () => ID) id: string,
    @Arg('model', () => String, { nullable: true, description: 'Left out: the first of its `models`, or, where it has none, the list of the provider.' }) model: string | null,
    @Ctx() context: RequestContext,
  ): Promise<CredentialTest> {
    return this.service.test(identityOf(context), id, model ?? undefined);
  }

  @FieldResolver(() => CredentialStatus)
  status(@Root() { revokedAt }: CredentialRecord): CredentialStatus {
    return revokedAt ? CredentialStatus.REVOKED : CredentialStatus.ACTIVE;
  }
}
