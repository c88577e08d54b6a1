import { IconLock, IconTag } from '@tabler/icons-react';
import classes from './labels.module.css';

/** A label where it stands: on a version. */
export function LabelBadge({ name, isProtected = false }: { name: string; isProtected?: boolean }) {
  const Icon = isProtected ? IconLock : IconTag;
  return (
    <span className={classes.badge} title={isProtected ? `${name}, protected: only an owner moves it` : name}>
      <Icon size={12} aria-hidden />
      <span className={classes.badgeName}>{name}</span>
    </span>
  );
}

export function LabelBadges({ labels }: { labels: readonly { name: string; protected: boolean }[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={classes.badges} aria-label={`Labels: ${labels.map(({ name }) => name).join(', ')}`} role="group">
      {labels.map(({ name, protected: isProtected }) => <LabelBadge key={name} name={name} isProtected={isProtected} />)}
    </span>
  );
}
