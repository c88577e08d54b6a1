import { type Identity } from '../../auth/identity.js';
import { type DecidedBy } from './decision.js';

/** How those who decide are named where their decision is kept. */
export class PersonNames {
  /** @param memberNames of a workspace, by the users' ids */
  constructor(private readonly memberNames: (workspaceId: string, userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>) {}

  async decidedBy({ workspaceId, userId }: Identity): Promise<DecidedBy> {
    const name = (await this.memberNames(workspaceId, [userId])).get(userId);
    return { kind: 'person', id: userId, ...(name && { name }) };
  }
}
