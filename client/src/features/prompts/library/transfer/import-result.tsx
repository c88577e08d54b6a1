import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatCount } from '../../../../ui/format';
import { Notice } from '../../../../ui/notice';
import classes from './transfer.module.css';
import type { ImportProgress } from './use-import';

/** What was imported, as links, and what could not be, with the reason. */
export function ImportResult({ progress: { imported, problems, state, done, of }, onLeave }: { progress: ImportProgress; onLeave: () => void }) {
  return (
    <>
      <p role="status" className={classes.summary}>
        {imported.length > 0 && <IconCircleCheck size={16} aria-hidden />}
        {imported.length > 0 ? `${formatCount(imported.length, 'prompt')} imported` : 'Nothing was imported'}{state === 'stopped' ? `, then stopped: ${of - done} not tried` : ''}.
      </p>
      {imported.length > 0 && (
        <ul className={classes.names}>
          {imported.map(({ id, name, path }) => (
            <li key={id}><Anchor component={Link} to={`/prompts/${id}`} onClick={onLeave}>{name}</Anchor> <code>{path}</code></li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <Notice tone="warning" icon={<IconAlertTriangle size={16} />} title={problems.length === 1 ? 'One thing could not be imported as it stands' : `${problems.length} things could not be imported as they stand`}>
          <ul className={classes.names}>
            {problems.map(({ prompt, message }, index) => <li key={index}><strong>{prompt}</strong>: {message}</li>)}
          </ul>
        </Notice>
      )}
    </>
  );
}
