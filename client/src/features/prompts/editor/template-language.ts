import { autocompletion, closeBrackets, type CompletionContext } from '@codemirror/autocomplete';
import { type Extension } from '@codemirror/state';
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const output = Decoration.mark({ class: 'cm-template-output' });
const variable = Decoration.mark({ class: 'cm-template-variable' });
const tag = Decoration.mark({ class: 'cm-template-tag' });

const matcher = new MatchDecorator({
  regexp: /\{\{-?\s*([\w.-]*?)(?:\s*\|[^}]*|[^}]*)?-?\}\}|\{%.*?%\}/g,
  decorate(add, from, to, [text, name]) {
    if (text.startsWith('{%')) return add(from, to, tag);
    add(from, to, output);
    if (!name) return;
    const start = from + text.indexOf(name);
    add(start, start + name.length, variable);
  },
});

/** `{{ output }}` and `{% tags %}` stand out from the text around them. */
const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const look = EditorView.theme({
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
  '.cm-tooltip': {
    border: '1px solid var(--pp-line)',
    borderRadius: '6px',
    backgroundColor: 'var(--pp-raised)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--pp-selected)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--pp-danger)' },
});

/** Highlighting, and the names that are already in use offered after `{{`. */
export function templateLanguage(knownVariables: () => readonly string[]): Extension {
  const offerVariables = (context: CompletionContext) => {
    const word = context.matchBefore(/\{\{-?\s*[\w.]*/);
    if (!word) return null;
    const from = context.matchBefore(/[\w.]*/)?.from ?? context.pos;
    const options = knownVariables().map((name) => ({ label: name, type: 'variable' }));
    return options.length > 0 ? { from, options } : null;
  };
  return [
    highlighting,
    closeBrackets(),
    autocompletion({ override: [offerVariables], icons: false }),
    look,
  ];
}
