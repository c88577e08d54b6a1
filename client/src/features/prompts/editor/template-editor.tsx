import { closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { TemplateProblem } from './template-analysis';
import classes from './prompt-editor.module.css';
import { templateLanguage } from './template-language';

interface TemplateEditorProps {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  readOnly?: boolean;
  placeholder?: string;
  problem?: TemplateProblem;
  /** Offered after `{{`. */
  variables: readonly string[];
  autoFocus?: boolean;
  minLines?: number;
}

/** A text with `{{ variables }}`. Tab leaves it, as it does any field. */
export function TemplateEditor({
  label, value, onChange, readOnly = false, placeholder = '', problem, variables, autoFocus = false, minLines = 4,
}: TemplateEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const editable = useRef(new Compartment());
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const knownVariables = useRef(variables);
  useEffect(() => {
    knownVariables.current = variables;
  }, [variables]);

  const start = useEffectEvent(() => ({ value, autoFocus, label, placeholder }));
  useEffect(() => {
    if (!holder.current) return;
    const initial = start();
    const editor = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: initial.value,
        extensions: [
          history(),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': initial.label }),
          placeholderText(initial.placeholder),
          templateLanguage(() => knownVariables.current),
          editable.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (initial.autoFocus) editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: editable.current.reconfigure(
        readOnly ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })] : [],
      ),
    });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const diagnostics = problem
      ? [{ from: Math.min(problem.from, length), to: Math.min(problem.to, length), severity: 'error' as const, message: problem.message }]
      : [];
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [problem]);

  return (
    <div
      ref={holder}
      className={classes.editor}
      data-read-only={readOnly || undefined}
      data-invalid={problem ? true : undefined}
      style={{ '--editor-min-height': `${minLines * 22 + 24}px` } as React.CSSProperties}
    />
  );
}
