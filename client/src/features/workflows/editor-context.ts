import { createContext, useContext } from 'react';
import type { Draft } from './draft';
import type { AvailableValue } from './use-validation';

export interface Editor {
  draft: Draft;
  /** Changes the draft. What the server said about the named field is then no longer held against it. */
  change: (change: (draft: Draft) => Draft, anchor?: string) => void;
  /** What is wrong with a field and is to be shown now. */
  problemAt: (anchor: string) => string | undefined;
  /** Whether anything shown is wrong at this anchor or below it. */
  problemsBelow: (anchor: string) => number;
  /** The person has been in the field and left it. */
  touch: (anchor: string) => void;
  /** What the step can be given, as far as the server has told. */
  valuesFor: (stepKey: string) => readonly AvailableValue[];
  /** Says something to those who can't see the page. */
  announce: (words: string) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('The workflow editor’s fields must stand within it.');
  return editor;
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
