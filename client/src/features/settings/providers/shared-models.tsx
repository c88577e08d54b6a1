import type { ProvidersQuery } from '../../../gql/graphql';
import { SimulatedMark } from '../../../ui/simulated-mark';
import classes from './providers.module.css';

/** Models that are there without a key of the workspace: read only. */
export function SharedModels({ models }: { models: ProvidersQuery['models'] }) {
  if (models.length === 0) return null;
  const simulated = models.filter((model) => model.simulated);
  const others = models.filter((model) => !model.simulated);
  return (
    <section aria-labelledby="shared-models">
      <h2 id="shared-models" className={classes.section}>Without a key of yours</h2>
      {others.length > 0 && (
        <div className={classes.shared}>
          <Names models={others} />
          <p>Set by whoever runs this server, for every workspace.</p>
        </div>
      )}
      {simulated.length > 0 && (
        <div className={classes.shared}>
          <Names models={simulated} />
          <p><SimulatedMark quiet /> They answer without a network and cost nothing, to try things out.</p>
        </div>
      )}
    </section>
  );
}

function Names({ models }: { models: ProvidersQuery['models'] }) {
  return <ul className={classes.names}>{models.map(({ id }) => <li key={id}><code className={classes.code}>{id}</code></li>)}</ul>;
}
