import { VisuallyHidden } from '@mantine/core';
import { IconLock, IconTag } from '@tabler/icons-react';
import type { LibraryPromptFragment } from '../../../../gql/graphql';
import { fragmentsOfTag } from './highlight';
import classes from './list.module.css';
import { MarkedText } from './marked-text';

const shown = 2;

/** A prompt's tags: the first, or those that were searched for, and how many more. */
export function Tags({ tags, found }: { tags: readonly string[]; found: readonly string[] }) {
  const isFound = (tag: string) => found.some((text) => tag.toLowerCase().includes(text));
  const ordered = [...tags.filter(isFound), ...tags.filter((tag) => !isFound(tag))];
  return (
    <span className={classes.chips} title={tags.join(', ')}>
      {ordered.slice(0, shown).map((tag) => (
        <span key={tag} className={classes.chip}><span className={classes.chipText}><MarkedText fragments={fragmentsOfTag(tag, found)} /></span></span>
      ))}
      <More count={tags.length - shown} />
    </span>
  );
}

/** A prompt's labels, each with the version that it is at. */
export function Labels({ labels }: { labels: LibraryPromptFragment['labels'] }) {
  return (
    <span className={classes.chips} title={labels.map(({ name, version, protected: locked }) => `${name} at ${version.version}${locked ? ', protected' : ''}`).join('\n')}>
      {labels.slice(0, shown).map(({ name, version, protected: locked }) => (
        <span key={name} className={classes.label}>
          {locked ? <IconLock size={12} aria-label="Protected label" /> : <IconTag size={12} aria-label="Label" />}
          <span className={classes.chipText}>{name}</span>
          <span className={classes.labelVersion}>{version.version}</span>
        </span>
      ))}
      <More count={labels.length - shown} />
    </span>
  );
}

function More({ count }: { count: number }) {
  return count > 0 ? <span className={classes.more}>+{count}<VisuallyHidden component="span"> more</VisuallyHidden></span> : null;
}
