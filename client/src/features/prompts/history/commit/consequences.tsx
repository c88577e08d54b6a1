import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatCount } from '../../../../ui/format';
import { Notice } from '../../../../ui/notice';
import { InlineCode } from '../diff/inline-code';
import type { BrokenStep, Dependent } from './commit.operations';
import classes from './commit.module.css';

/** Which steps of workflows no longer work with it, and which prompts include it: named before it is done. */
export function Consequences({ breaks, dependents = [] }: { breaks: readonly BrokenStep[]; dependents?: readonly Dependent[] }) {
  // A step is listed once for each thing that is wrong with it.
  const steps = new Set(breaks.map(({ workflow, stepKey }) => `${workflow.id} ${stepKey}`));
  const workflows = new Set(breaks.map(({ workflow }) => workflow.id));
  return (
    <>
      {breaks.length > 0 && (
        <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title={`Breaks ${formatCount(steps.size, 'step')} of ${formatCount(workflows.size, 'workflow')}`}>
          <ul className={classes.named}>
            {breaks.map(({ workflow, stepKey, stepName, problem }) => (
              <li key={`${workflow.id} ${stepKey} ${problem}`}>
                <Anchor component={Link} to={`/workflows/${workflow.id}`} target="_blank" inherit>{workflow.name}</Anchor> › {stepName}: <InlineCode>{problem}</InlineCode>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {dependents.length > 0 && (
        <Notice tone="warning" icon={<IconLink size={16} />} title={`Changes ${formatCount(dependents.length, 'prompt')} that ${dependents.length === 1 ? 'includes' : 'include'} this one`}>
          <ul className={classes.named}>
            {dependents.map(({ prompt, version, reference }) => (
              <li key={version.id}>
                <Anchor component={Link} to={`/prompts/${prompt.id}`} target="_blank" inherit>{prompt.path}</Anchor> {version.version}, at {referenceInWords(reference)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function referenceInWords({ label, version, branch }: Dependent['reference']): string {
  if (version) return `version ${version}`;
  return branch ? `branch ${branch}` : `label ${label ?? 'production'}`;
}
