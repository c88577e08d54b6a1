import { ShortCache } from '../../short-cache.js';
import { type Identity } from '../auth/identity.js';
import { type AuditActor } from './audit.types.js';

/** A name is looked up once in this time: what happens often happens by the same few. */
const rememberedMs = 5_000;

export interface NameSources {
  memberNames(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  apiKeyName(workspaceId: string, id: string): Promise<string | undefined>;
}

/** Who acts, by the name that they have at the time. */
export class AuditActors {
  private readonly names = new ShortCache<string>(rememberedMs, (key) => this.read(key));

  constructor(private readonly sources: NameSources) {}

  async of(identity: Identity): Promise<AuditActor> {
    const { workspaceId } = identity;
    if (identity.via === 'session') return this.person(workspaceId, identity.userId);
    const { apiKeyId: id } = identity;
    return { type: 'API_KEY', id, name: await this.names.get(JSON.stringify(['key', workspaceId, id])) };
  }

  async person(workspaceId: string, id: string): Promise<AuditActor> {
    return { type: 'PERSON', id, name: await this.names.get(JSON.stringify(['person', workspaceId, id])) };
  }

  private async read(key: string): Promise<string> {
    const [kind, workspaceId, id] = JSON.parse(key) as [string, string, string];
    if (kind === 'key') return (await this.sources.apiKeyName(workspaceId, id)) ?? 'Former key';
    return (await this.sources.memberNames(workspaceId, [id])).get(id) ?? 'Former member';
  }
}
