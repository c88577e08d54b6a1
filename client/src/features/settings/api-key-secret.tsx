import { Button, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button';
import classes from './api-keys.module.css';

/** A new key's secret, which nothing shows again, with an example of its use. @param triggerId of those that it is limited to */
export function ApiKeySecret({ secret, triggerId, onDone }: { secret: string; triggerId: string | undefined; onDone: () => void }) {
  const example = [
    `curl ${window.location.origin}/graphql \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify({ query: triggerId === undefined ? '{ viewer { name workspace { name } } }' : `mutation { fireTrigger(input: { triggerId: "${triggerId}" }) { execution { id } } }` })}'`,
  ].join('\n');
  return (
    <Stack>
      <Text>It is shown this once: keep it where your program finds its secrets.</Text>
      <div className={classes.secret}>
        <code>{secret}</code>
        <CopyButton text={secret} label="Copy key" withLabel />
      </div>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">Try it in a terminal:</Text>
        <CopyButton text={example} label="Copy the example" />
      </Group>
      <pre className={classes.example} tabIndex={0} aria-label="Example of a request">{example}</pre>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>I have copied it</Button>
      </Group>
    </Stack>
  );
}
