import type { BrokenUses } from './broken-uses';
import classes from './details.module.css';

/** Names what would break. */
export function BrokenUsesList({ uses: { dependents, workflows } }: { uses: BrokenUses }) {
  return (
    <ul className={classes.uses}>
      {dependents.map(({ path, version, reference }) => (
        <li key={`${path} ${version} ${reference}`}>Prompt <code>{path}</code> <span className="tabular">{version}</span>{reference && <> includes it as <code>{reference}</code></>}</li>
      ))}
      {workflows.map(({ name, stepName }) => (
        <li key={`${name}/${stepName}`}>Workflow “{name}”, step “{stepName}”</li>
      ))}
    </ul>
  );
}
