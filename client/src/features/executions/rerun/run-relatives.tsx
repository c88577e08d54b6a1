import { Button, Menu } from '@mantine/core';
import { IconGitBranch, IconHistory, IconRotateClockwise } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatCount } from '../../../ui/format';
import { RelativeTime } from '../../../ui/relative-time';
import { StatusIcon, statusWord } from '../../../ui/run-status';
import { compareLink } from '../run-links';
import type { Run } from '../run.queries';
import classes from './rerun.module.css';

/** The branch that a run is on, what it repeats, what repeats it, and the ways to hold them against each other. */
export function RunRelatives({ run }: { run: Run }) {
  const { rerunOf, replay, branch } = run;
  const reruns = run.reruns.edges.map(({ node }) => node);
  const count = `${formatCount(reruns.length, 're-run')}${run.reruns.pageInfo.hasNextPage ? ' and more' : ''}`;
  return (
    <>
      {branch && (
        <span title="The prompt branch of this run">
          <IconGitBranch size={16} aria-hidden />
          {branch}
        </span>
      )}
      {rerunOf && (
        <span className={classes.relatives}>
          <IconRotateClockwise size={16} aria-hidden />
          <span>Repeats <Link to={`/runs/${rerunOf.id}`}>a run of <RelativeTime time={rerunOf.createdAt} /></Link>{replay && <>, in <Link to={`/replays/${replay.id}`}>a replay</Link></>}</span>
          <Link to={compareLink(rerunOf.id, run.id)}>Compare</Link>
        </span>
      )}
      {reruns.length > 0 && (
        <span>
          <IconHistory size={16} aria-hidden />
          <Menu width={280} position="bottom-start">
            <Menu.Target>
              <Button variant="transparent" size="compact-sm" className={classes.reruns}>{count}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>Compare with</Menu.Label>
              {reruns.map(({ id, status, createdAt, branch: onBranch }) => (
                <Menu.Item key={id} component={Link} to={compareLink(run.id, id)} leftSection={<StatusIcon status={status} />}>
                  {statusWord(status)}, <RelativeTime time={createdAt} />{onBranch && ` on ${onBranch}`}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </span>
      )}
    </>
  );
}
