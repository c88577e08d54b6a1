import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconFileImport } from '@tabler/icons-react';
import { Link } from 'react-router';
import { referenceKey, targetInWords } from './reference-tag';
import classes from './references.module.css';
import type { IncludedPrompt } from './use-included-prompts';

/** The prompts that this one includes, and what they come to now. */
export function ReferenceList({ included }: { included: readonly IncludedPrompt[] }) {
  return (
    <ul className={classes.list} aria-label="Included prompts">
      {included.map(({ target, version, problem }) => (
        <li key={referenceKey(target)} className={classes.reference}>
          <IconFileImport size={14} aria-hidden className={classes.icon} data-broken={problem ? true : undefined} />
          <div className={classes.text}>
            {version ? (
              <Anchor component={Link} to={`/prompts/${version.prompt.id}`} inherit className={classes.path}>{target.path}</Anchor>
            ) : (
              <span className={classes.path}>{target.path}</span>
            )}
            <div className={classes.target}>
              {targetInWords(target)}
              {version && target.version === undefined && <>, now <span className="tabular">{version.version}</span></>}
            </div>
            {problem && (
              <p className={classes.problem}>
                <IconAlertTriangle size={12} aria-hidden />
                {problem}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
