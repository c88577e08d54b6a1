import { Anchor, Button } from '@mantine/core';
import { IconGitCommit, IconHistory } from '@tabler/icons-react';
import { Link } from 'react-router';
import { RelativeTime } from '../../../ui/relative-time';
import classes from '../editor/prompt-editor.module.css';
import type { PromptVersion } from '../editor/prompt-draft';

const toDraft = { search: '' };

/** Over a version that is only read. */
export function ReadingNotice({ version, isNewest }: { version: PromptVersion; isNewest: boolean }) {
  return (
    <div className={classes.notice}>
      <IconHistory size={16} aria-hidden />
      <div>
        <strong>{version.message}</strong>
        <div className={classes.noticeText}>
          Version {version.version}{isNewest && ', the newest'}, by {version.author.name} <RelativeTime time={version.createdAt} />. Versions can’t be
          changed; <Anchor component={Link} to={toDraft} replace inherit>edit the draft</Anchor> instead.
        </div>
      </div>
    </div>
  );
}

/** Over a draft whose base is no longer the newest version. */
export function NewerVersionNotice({ version, onBuildOnIt }: { version: PromptVersion; onBuildOnIt: () => void }) {
  return (
    <div className={classes.notice} data-tone="warning" role="alert">
      <IconGitCommit size={16} aria-hidden />
      <div>
        <strong>{version.author.name} committed {version.version} while you were writing: “{version.message}”</strong>
        <div className={classes.noticeText}>
          What you wrote is kept. <Anchor component={Link} to={{ search: `?version=${version.id}` }} replace inherit>Read {version.version}</Anchor>, take over
          what you need from it, then commit yours on top. Your version then replaces its text.
        </div>
        <Button size="xs" variant="default" mt="xs" onClick={onBuildOnIt}>Commit mine on top of {version.version}…</Button>
      </div>
    </div>
  );
}

export function VersionMissingNotice() {
  return (
    <div className={classes.notice} data-tone="warning" role="alert">
      <IconHistory size={16} aria-hidden />
      <div>
        <strong>This version is not among those loaded</strong>
        <div className={classes.noticeText}>
          Load older versions at the side, or <Anchor component={Link} to={toDraft} replace inherit>go to the draft</Anchor>.
        </div>
      </div>
    </div>
  );
}
