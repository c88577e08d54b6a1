import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import type { DraftStep } from '../draft';
import { useField } from '../editor-context';
import classes from '../editor.module.css';

const ExpressionEditor = lazy(() => import('../expression-editor'));
const TemplateEditor = lazy(() => import('../../prompts/editor/template/template-editor').then((module) => ({ default: module.TemplateEditor })));
const JsonEditor = lazy(() => import('../../prompts/editor/code/json-editor').then((module) => ({ default: module.JsonEditor })));

interface CodeFieldProps {
  anchor: string;
  /** Names it where it has no heading, too. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Stands there while nothing is written. */
  example: string;
  /** What it can refer to. */
  names: readonly string[];
  lines?: number;
  hint?: ReactNode;
}

/** A JSONata expression over named values. */
export function ExpressionField({ anchor, label, value, onChange, example, names, lines = 3, hint }: CodeFieldProps) {
  const field = useField(anchor);
  return (
    <div id={field.id} onBlur={field.onBlur}>
      <Suspense fallback={<Skeleton height={lines * 22 + 18} />}>
        <ExpressionEditor label={label} value={value} example={example} names={names} lines={lines} invalid={field.error !== undefined} onChange={onChange} />
      </Suspense>
      <Below error={field.error} hint={hint} />
    </div>
  );
}

/** A text with `{{ names }}` in it. */
export function TemplateField({ anchor, label, value, onChange, example, names, lines = 3, hint }: CodeFieldProps) {
  const field = useField(anchor);
  return (
    <div id={field.id} onBlur={field.onBlur}>
      <Suspense fallback={<Skeleton height={lines * 22 + 26} />}>
        <div className={classes.template} data-invalid={field.error ? true : undefined}>
          <TemplateEditor label={label} value={value} placeholder={example} variables={names} minLines={lines} onChange={onChange} />
        </div>
      </Suspense>
      <Below error={field.error} hint={hint} />
    </div>
  );
}

/** JSON as it is typed: an object, unless it may be anything. */
export function JsonField({ anchor, label, value, onChange, example, lines = 5, hint, anyJson = false }: Omit<CodeFieldProps, 'names'> & { anyJson?: boolean }) {
  const field = useField(anchor);
  return (
    <div id={field.id} onBlur={field.onBlur}>
      <Suspense fallback={<Skeleton height={lines * 22 + 26} />}>
        <JsonEditor label={label} value={value} onChange={onChange} mustBeObject={!anyJson} placeholder={example} minLines={lines} error={field.error} />
      </Suspense>
      <Below error={undefined} hint={hint} />
    </div>
  );
}

function Below({ error, hint }: { error: string | undefined; hint: ReactNode }) {
  if (error) return <p className={classes.problem}>{error}</p>;
  return hint ? <p className={classes.below}>{hint}</p> : null;
}

/** The names of a step's values, as what is written over them can use them. */
export const namesOf = ({ rows }: DraftStep): string[] => rows.map(({ name }) => name.trim()).filter(Boolean);
