import { createContext, useContext } from 'react';
import type { Draft, DraftStep } from './draft';
import type { AvailableValue } from './use-validation';

/** The same for as long as the editor is there, so that what needs only these is not drawn again with each key. */
export interface EditorActions {
  /** Changes the draft. What the server said about the named field is then no longer held against it. */
  change: (change: (draft: Draft) => Draft, anchor?: string) => void;
  /** The person has been in the field and left it. */
  touch: (anchor: string) => void;
  /** Says something to those who can't see the page. */
  announce: (words: string) => void;
  /** Opens or closes the cards of steps. */
  setOpened: (ids: readonly string[], opened: boolean) => void;
}

export interface Editor extends EditorActions {
  /** What is edited here: the workflow, or what stands within a step. */
  draft: Draft;
  /** How many steps it stands within. */
  depth: number;
  /** What is wrong with a field and is to be shown now. */
  problemAt: (anchor: string) => string | undefined;
  /** How much of what is shown is wrong with a step and what it holds. */
  problemsOf: (step: DraftStep) => number;
  isOpened: (stepId: string) => boolean;
  /** What the step can be given, as far as the server has told. */
  valuesFor: (stepKey: string) => readonly AvailableValue[];
}

export const EditorContext = createContext<Editor | null>(null);
export const EditorActionsContext = createContext<EditorActions | null>(null);

const outside = 'The workflow editor’s fields must stand within it.';

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error(outside);
  return editor;
}

export function useEditorActions(): EditorActions {
  const actions = useContext(EditorActionsContext);
  if (!actions) throw new Error(outside);
  return actions;
}

/** What ties an input element to its field: id, error, and being left. */
export function useField(anchor: string) {
  const { problemAt, touch } = useEditor();
  return { id: fieldId(anchor), error: problemAt(anchor), onBlur: () => touch(anchor) };
}

export const fieldId = (anchor: string): string => `field-${anchor}`;

/** Brings a field into view and puts the keyboard there. */
export function focusField(anchor: string): void {
  const element = document.getElementById(fieldId(anchor));
  if (!element) return;
  element.scrollIntoView({ block: 'center' });
  const focusable = 'input, textarea, select, button, a[href], [contenteditable="true"]';
  const target = element.matches(focusable) ? element : (element.querySelector(focusable) ?? element);
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
