import { Commands } from '../set-up/commands';
import classes from '../set-up/set-up.module.css';

const productsOwn = /^(execution|prompt|workflow|schedule|trigger)\b/;

/** How programs emit what it waits for; the product's own events need nothing. */
export function EventSetUp({ trigger: { settings } }: { trigger: { settings?: unknown } }) {
  const type = typeOf(settings);
  if (productsOwn.test(type)) return <p className={classes.hint}>The product itself emits this. Nothing else is to be set up.</p>;
  const example = type.replaceAll('*', 'paid');
  const query = 'mutation ($input: EmitEventInput!) { emitEvent(input: $input) { id } }';
  const body = JSON.stringify({ query, variables: { input: { type: example, payload: { id: 'order 7' }, idempotencyKey: 'order 7 paid' } } });
  const text = [`curl -X POST '${window.location.origin}/graphql' \\`, '  -H "Authorization: Bearer $API_KEY" \\', '  -H "Content-Type: application/json" \\', `  -d '${body}'`].join('\n');
  return (
    <div className={classes.setUp}>
      <Commands title="Emit such an event" text={text} />
    </div>
  );
}

function typeOf(settings: unknown): string {
  return typeof settings === 'object' && settings !== null && 'type' in settings && typeof settings.type === 'string' ? settings.type : '';
}
