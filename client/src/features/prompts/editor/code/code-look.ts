import { EditorView } from '@codemirror/view';

/** How all editors of code look, in both colour schemes. */
export const codeLook = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '22px' },
  '.cm-content': { padding: '12px', caretColor: 'var(--mantine-color-text)' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--mantine-primary-color-filled) 28%, transparent)',
  },
  '.cm-template-output': { borderRadius: '3px', backgroundColor: 'var(--pp-selected)', color: 'var(--pp-accent-text)' },
  '.cm-template-variable': { fontWeight: '600' },
  '.cm-template-tag': { borderRadius: '3px', backgroundColor: 'var(--pp-info-bg)', color: 'var(--pp-info)' },
  '.cm-template-reference': {
    padding: '1px 4px',
    border: '1px solid color-mix(in srgb, var(--pp-success) 40%, transparent)',
    borderRadius: '4px',
    backgroundColor: 'var(--pp-success-bg)',
    color: 'var(--pp-success)',
  },
  '.cm-json-name': { color: 'var(--pp-accent-text)' },
  '.cm-json-string': { color: 'var(--pp-success)' },
  '.cm-json-value': { color: 'var(--pp-info)' },
  '.cm-tooltip': {
    border: '1px solid var(--pp-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--pp-raised)',
    color: 'var(--mantine-color-text)',
    fontFamily: 'var(--mantine-font-family)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--pp-selected)', color: 'var(--mantine-color-text)' },
  '.cm-diagnostic': { maxWidth: '420px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--pp-danger)' },
});
