import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { AuthPayload, SignInInput, SignOutPayload, SignUpInput, Viewer } from '../../../schema/auth.js';
import { NotAudited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type AuthService } from './auth.service.js';
import { type Permission } from './permissions.js';

const told = 'The service tells of it: who it is about is not known before.';

@Resolver()
export class AuthResolver {
  constructor(private readonly auth: AuthService) {}

  @Authorized<Permission>('public')
  @NotAudited(told)
  @Mutation(() => AuthPayload)
  signUp(@Arg('input', () => SignUpInput) input: SignUpInput, @Ctx() context: RequestContext): Promise<AuthPayload> {
    return this.auth.signUp(input, context);
  }

  @Authorized<Permission>('public')
  @NotAudited(told)
  @Mutation(() => AuthPayload)
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() context: RequestContext): Promise<AuthPayload> {
    return this.auth.signIn(input, context);
  }

  @Authorized<Permission>('public')
  @NotAudited(told)
  @Mutation(() => AuthPayload)
  refreshSession(@Ctx() context: RequestContext): Promise<AuthPayload> {
    return this.auth.refreshSession(context);
  }

  @Authorized<Permission>('public')
  @NotAudited(told)
  @Mutation(() => SignOutPayload)
  signOut(@Ctx() context: RequestContext): Promise<SignOutPayload> {
    return this.auth.signOut(context.identity, context);
  }

  @Authorized<Permission>('self')
  @Query(() => Viewer)
  viewer(@Ctx() context: RequestContext): Promise<Viewer> {
    return this.auth.viewer(identityOf(context));
  }
}
