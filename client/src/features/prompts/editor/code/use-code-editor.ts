import { closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import { codeLook } from './code-look';
import { knownNames } from './known-names';
import { smallestChange } from './smallest-change';

export interface CodeProblem {
  message: string;
  /** Offsets in the text. */
  from: number;
  to: number;
}

export interface Selection {
  from: number;
  to: number;
  text: string;
}

export interface CodeEditorHandle {
  focus(): void;
  /** Shows and selects a part. */
  select(from: number, to: number): void;
  selection(): Selection;
  /** Puts a text in the place of the selection and goes on behind it. */
  replaceSelection(text: string): void;
}

export interface CodeEditorOptions {
  label: string;
  value: string;
  /** Absent: for reading only. */
  onChange?: ((value: string) => void) | undefined;
  placeholder?: string | undefined;
  problems?: readonly CodeProblem[] | undefined;
  autoFocus?: boolean | undefined;
  /** Taken once. */
  extensions: Extension;
  /** What the extensions may offer: `knownNames`. */
  names?: readonly string[] | undefined;
  /** Whether anything is selected now. */
  onSelect?: ((selected: boolean) => void) | undefined;
  /** Mod-Shift-V */
  onMakeVariable?: (() => void) | undefined;
  ref?: Ref<CodeEditorHandle> | undefined;
}

const noProblems: readonly CodeProblem[] = [];
const noNames: readonly string[] = [];

/** A text editor in the element that the returned ref is given to. Tab leaves it, as it does any field. */
export function useCodeEditor({ label, value, onChange, placeholder = '', problems = noProblems, autoFocus = false, extensions, names = noNames, onSelect, onMakeVariable, ref }: CodeEditorOptions) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const parts = useRef({ access: new Compartment(), texts: new Compartment(), names: new Compartment() });
  const readOnly = !onChange;
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const selected = useEffectEvent((some: boolean) => onSelect?.(some));
  const makeVariable = useEffectEvent(() => {
    onMakeVariable?.();
    return !!onMakeVariable;
  });

  const start = useEffectEvent(() => ({ value, autoFocus, extensions }));
  useEffect(() => {
    if (!holder.current) return;
    const initial = start();
    const editor = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: initial.value,
        extensions: [
          history(),
          keymap.of([{ key: 'Mod-Shift-v', run: () => makeVariable() }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          parts.current.access.of([]),
          parts.current.texts.of([]),
          parts.current.names.of([]),
          initial.extensions,
          codeLook,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) selected(!update.state.selection.main.empty);
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
    const change = editor && smallestChange(editor.state.doc.toString(), value);
    if (change) editor.dispatch({ changes: change });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.access.reconfigure(
        readOnly ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })] : [],
      ),
    });
  }, [readOnly]);

  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.texts.reconfigure([EditorView.contentAttributes.of({ 'aria-label': label }), placeholderText(placeholder)]),
    });
  }, [label, placeholder]);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.names.reconfigure(knownNames.of(names)) });
  }, [names]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const diagnostics = problems.map(({ from, to, message }) => ({ from: Math.min(from, end), to: Math.min(to, end), severity: 'error' as const, message }));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [problems]);

  useImperativeHandle(ref, () => handleOf(() => view.current), []);
  return holder;
}

function handleOf(current: () => EditorView | null): CodeEditorHandle {
  return {
    focus: () => current()?.focus(),
    select(from, to) {
      const view = current();
      const end = view?.state.doc.length ?? 0;
      view?.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true });
      view?.focus();
    },
    selection() {
      const state = current()?.state;
      const { from, to } = state?.selection.main ?? { from: 0, to: 0 };
      return { from, to, text: state?.sliceDoc(from, to) ?? '' };
    },
    replaceSelection(text) {
      const view = current();
      view?.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input' });
      view?.focus();
    },
  };
}
