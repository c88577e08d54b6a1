import DataLoader from 'dataloader';
import { type Person } from '../../../schema/auth.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type AuthStore } from './auth.store.js';

/** Who did something: the members of the caller's workspace by their ids, read in one query a request. */
export class PersonLoader {
  constructor(private readonly store: AuthStore) {}

  async load(context: RequestContext, userId: string): Promise<Person> {
    const { workspaceId } = identityOf(context);
    const loader = context.loaders.of(() => new DataLoader((ids: readonly string[]) => this.loadAll(workspaceId, ids)), this);
    return loader.load(userId);
  }

  private async loadAll(workspaceId: string, ids: readonly string[]): Promise<Person[]> {
    const members = new Map((await this.store.findMembers(workspaceId, ids)).map((member) => [member.id, member]));
    return ids.map((id) => members.get(id) ?? { id, name: 'Former member' });
  }
}
