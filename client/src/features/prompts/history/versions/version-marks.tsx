import { IconGitBranch, IconGitMerge } from '@tabler/icons-react';
import { formatCost, formatCount, formatDuration, formatTokens } from '../../../../ui/format';
import { LabelBadges } from '../labels/label-badge';
import type { Version, VersionWithStats } from './version.operations';
import classes from './versions.module.css';

/** The labels at a version, the branches that it heads, and whether it is a merge. */
export function VersionMarks({ version, withMerge = true }: { version: Version; withMerge?: boolean }) {
  const heads = version.headOf.filter(({ archivedAt }) => !archivedAt);
  const isMerge = withMerge && version.parentIds.length > 1;
  if (heads.length === 0 && version.labels.length === 0 && !isMerge) return null;
  return (
    <span className={classes.marks}>
      {heads.map(({ id, name }) => (
        <span key={id} className={classes.mark} title={`Newest on ${name}`}>
          <IconGitBranch size={12} aria-hidden />
          <span className={classes.markName}>{name}</span>
        </span>
      ))}
      <LabelBadges labels={version.labels} />
      {isMerge && (
        <span className={classes.mark} data-quiet>
          <IconGitMerge size={12} aria-hidden />merge
        </span>
      )}
    </span>
  );
}

/** How often a version ran and what a run took, as one line; nothing where it never ran. */
export function RunStats({ stats }: { stats: VersionWithStats['runStats'] }) {
  if (stats.runs === 0) return null;
  const parts = [
    formatCount(stats.runs, 'run'),
    typeof stats.medianDurationMs === 'number' && formatDuration(stats.medianDurationMs),
    typeof stats.medianTokens === 'number' && formatTokens(Math.round(stats.medianTokens)),
    typeof stats.medianCost === 'number' && formatCost(stats.medianCost),
  ].filter((part) => part !== false);
  return <span className={classes.stats} title="Medians of the runs of this version">{parts.join(' · ')}</span>;
}

export const authorOf = ({ originalAuthor, author }: Pick<Version, 'originalAuthor' | 'author'>): string => originalAuthor ?? author.name;
