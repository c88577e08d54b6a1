import { Anchor, Button } from '@mantine/core';
import { IconArchive, IconGitCommit, IconHistory } from '@tabler/icons-react';
import { Link } from 'react-router';
import { usePermissions } from '../../../../api/use-permissions';
import { useSession } from '../../../../api/use-session';
import { Notice } from '../../../../ui/notice';
import { RelativeTime } from '../../../../ui/relative-time';
import { promptLinks } from '../prompt-links';
import { authorOf } from './version-marks';
import type { Version } from './version.operations';
import type { VersionActions } from './use-version-actions';
import classes from './versions.module.css';

/** Over a version that is only read. */
export function ReadingNotice({ version, actions }: { version: Version; actions: VersionActions }) {
  const { promptId, branch, head, labelActions: { mayWrite } } = actions;
  const isHead = version.id === head.id;
  return (
    <div className={classes.notice}>
      <IconHistory size={16} aria-hidden />
      <div>
        <strong>{version.message}</strong>
        <div>
          Version {version.version}{isHead && `, the newest on ${branch}`}, by {authorOf(version)} <RelativeTime time={version.createdAt} />. Versions can’t be
          changed{mayWrite && <>; <Anchor component={Link} to={promptLinks.edit(promptId, branch)} replace inherit>edit the draft</Anchor> instead</>}.
        </div>
        <div className={classes.noticeActions}>
          {!isHead && mayWrite && <Button size="compact-sm" variant="default" onClick={() => actions.restore(version)}>Restore {version.version}…</Button>}
          {!isHead && <Button size="compact-sm" variant="default" component={Link} to={promptLinks.compare(promptId, branch, version.id, head.id)}>Compare with {head.version}</Button>}
          {mayWrite && <Button size="compact-sm" variant="default" onClick={() => actions.branchFrom(version)}>Branch from here…</Button>}
        </div>
      </div>
    </div>
  );
}

interface NewerVersionNoticeProps {
  head: { version: string; message: string; author: { id: string; name: string } };
  base: string;
  promptId: string;
  branch: string;
}

/** Over a draft whose base is no longer the newest version: somebody committed, or one restored a version oneself. */
export function NewerVersionNotice({ head, base, promptId, branch }: NewerVersionNoticeProps) {
  const own = useSession().viewer?.id === head.author.id;
  return (
    <Notice
      urgent
      tone="warning"
      icon={<IconGitCommit size={16} />}
      title={own ? `You made ${head.version} since you began this draft: “${head.message}”` : `${head.author.name} committed ${head.version} while you were writing: “${head.message}”`}
    >
      Your draft is kept; it began from {base}. Merge the two before you commit: what you changed in different places goes together by itself.
      <div className={classes.noticeActions}>
        <Button size="compact-sm" component={Link} to={promptLinks.mergeDraft(promptId, branch)}>Merge with {head.version}…</Button>
      </div>
    </Notice>
  );
}

export function VersionMissingNotice({ promptId, branch, message }: { promptId: string; branch: string; message: string }) {
  return (
    <Notice urgent tone="warning" icon={<IconHistory size={16} />} title="This version could not be loaded">
      {message} <Anchor component={Link} to={promptLinks.edit(promptId, branch)} replace inherit>Go to the draft</Anchor>.
    </Notice>
  );
}

export function ArchivedBranchNotice({ branch, onUnarchive, busy }: { branch: string; onUnarchive: () => void; busy: boolean }) {
  const may = usePermissions();
  return (
    <Notice tone="warning" icon={<IconArchive size={16} />} title={`${branch} is archived`}>
      It can be read and compared; commits are refused.
      {may('prompt:write') && (
        <div className={classes.noticeActions}>
          <Button size="compact-sm" variant="default" onClick={onUnarchive} loading={busy}>Bring it back</Button>
        </div>
      )}
    </Notice>
  );
}
