import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './template.module.css';
import type { TemplateProblem } from './template-problem';

const mostShown = 3;

/** What is wrong with a template and where, under its editor; each leads to its place. */
export function TemplateProblems({ problems, others = [], onGoTo }: {
  problems: readonly TemplateProblem[];
  /** What the server finds wrong, without a place. */
  others?: readonly string[];
  onGoTo: (problem: TemplateProblem) => void;
}) {
  const more = problems.length - mostShown;
  return (
    <div role="status">
      {problems.length + others.length > 0 && (
        <ul className={classes.problems}>
          {problems.slice(0, mostShown).map((problem) => (
            <li key={`${problem.from} ${problem.message}`}>
              <IconAlertTriangle size={14} aria-hidden />
              <button type="button" className={classes.problem} onClick={() => onGoTo(problem)}>
                Line {problem.line}, column {problem.column}: {problem.message}
              </button>
            </li>
          ))}
          {more > 0 && <li>and {more} more.</li>}
          {others.map((message) => (
            <li key={message}>
              <IconAlertTriangle size={14} aria-hidden />
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
