import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './prompt-editor.module.css';
import type { TemplateProblem } from './template-analysis';

/** What is wrong with a template and where, under its editor. */
export function TemplateProblemLine({ problem }: { problem: TemplateProblem | undefined }) {
  return (
    <div role="status">
      {problem && (
        <p className={classes.problem}>
          <IconAlertTriangle size={14} aria-hidden />
          Line {problem.line}, column {problem.column}: {problem.message}
        </p>
      )}
    </div>
  );
}
