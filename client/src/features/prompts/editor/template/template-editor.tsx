import type { Ref } from 'react';
import codeClasses from '../code/code.module.css';
import { useCodeEditor, type CodeEditorHandle } from '../code/use-code-editor';
import type { TemplateProblem } from './template-analysis';
import { templateLanguage } from './template-language';

interface TemplateEditorProps {
  label: string;
  value: string;
  /** Absent: for reading only. */
  onChange?: ((value: string) => void) | undefined;
  placeholder?: string;
  problems?: readonly TemplateProblem[];
  /** Offered after `{{`. */
  variables: readonly string[];
  autoFocus?: boolean;
  minLines?: number;
  onSelect?: (selected: boolean) => void;
  onMakeVariable?: () => void;
  ref?: Ref<CodeEditorHandle>;
}

const language = templateLanguage();

/** A text with `{{ variables }}`. */
export function TemplateEditor({ variables, minLines = 4, ...options }: TemplateEditorProps) {
  const holder = useCodeEditor({ ...options, extensions: language, names: variables });
  return (
    <div
      ref={holder}
      className={codeClasses.editor}
      data-read-only={!options.onChange || undefined}
      data-invalid={options.problems?.length ? true : undefined}
      style={{ '--editor-min-height': `${minLines * 22 + 24}px` } as React.CSSProperties}
    />
  );
}
