import { IconBolt, IconKey, IconLink, IconServer, IconUser } from '@tabler/icons-react';
import type { AuditActorType } from '../../gql/graphql';
import { actorWord } from './audit-words';

const icons: Record<AuditActorType, typeof IconUser> = { PERSON: IconUser, API_KEY: IconKey, TRIGGER: IconBolt, LINK: IconLink, SYSTEM: IconServer };

/** What kind of one somebody is. */
export function ActorIcon({ type }: { type: AuditActorType }) {
  const Icon = icons[type];
  return <Icon size={16} stroke={1.75} role="img" aria-label={actorWord(type)} style={{ flex: 'none' }} />;
}
