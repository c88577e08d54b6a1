import { type Person } from '../../../schema/auth.js';
import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type AuthStore } from './auth.store.js';

/** Who did something: the members of the caller's workspace by their ids, read in one query a request. */
export class PersonLoader {
  private readonly readMembers: ReadMany<Person>;

  constructor(store: AuthStore) {
    this.readMembers = async (workspaceId, ids) => new Map((await store.findMembers(workspaceId, ids)).map((member) => [member.id, member]));
  }

  load(context: RequestContext, userId: string): Promise<Person> {
    return context.loaders.load(this.readMembers, identityOf(context), userId, (id) => ({ id, name: 'Former member' }));
  }
}
