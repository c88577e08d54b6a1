import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { usePermissions } from '../../../api/use-permissions';
import { Commands } from '../set-up/commands';
import classes from '../set-up/set-up.module.css';
import { ValueLine } from '../set-up/value-line';

const ways = [
  { title: 'Launch it and go on', path: '', headers: [] },
  { title: 'Wait for the output, up to 30 seconds', path: '?wait=30', headers: [] },
  { title: 'Follow the run as it goes', path: '', headers: ['Accept: text/event-stream'] },
];

/** Where programs launch it, and how. */
export function ApiSetUp({ trigger: { id } }: { trigger: { id: string } }) {
  const mayMakeKeys = usePermissions()('api-key:manage');
  const url = new URL(`/triggers/${id}`, window.location.origin).href;
  return (
    <div className={classes.setUp}>
      <section className={classes.section} aria-label="Address">
        <h3 className={classes.title}>Address</h3>
        <ValueLine value={url} label="Copy the address" />
        <p className={classes.hint}>
          Programs send <code>POST</code> here with an API key.{' '}
          {mayMakeKeys ? <>A key can be limited to this trigger: <Anchor component={Link} to={`/settings/api-keys?trigger=${id}`} inherit>make one</Anchor>.</> : 'An owner of the workspace can make one that is limited to this trigger.'}
          {' '}With an <code>Idempotency-Key</code> header a request that is sent twice launches one run.
        </p>
      </section>
      {ways.map(({ title, path, headers }) => (
        <Commands key={title} title={title} text={commandOf(url + path, headers)} />
      ))}
    </div>
  );
}

function commandOf(url: string, headers: readonly string[]): string {
  const all = ['Authorization: Bearer $API_KEY', 'Content-Type: application/json', ...headers];
  return [`curl ${headers.length > 0 ? '-N ' : ''}-X POST '${url}' \\`, ...all.map((header) => `  -H "${header}" \\`), `  -d '{}'`].join('\n');
}
