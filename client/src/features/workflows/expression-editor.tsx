import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, MatchDecorator, placeholder, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import classes from './editor.module.css';

interface ExpressionEditorProps {
  label: string;
  value: string;
  /** Stands there while nothing is written. */
  example: string;
  /** What the expression can refer to. */
  names: readonly string[];
  lines: number;
  invalid: boolean;
  onChange: (value: string) => void;
}

/** A JSONata expression. Tab leaves it, as it does any field. */
export default function ExpressionEditor({ label, value, example, names, lines, invalid, onChange }: ExpressionEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const labelled = useRef(new Compartment());
  const changed = useEffectEvent(onChange);
  const known = useRef(names);
  useEffect(() => {
    known.current = names;
  });

  const start = useEffectEvent(() => ({ value, example }));
  useEffect(() => {
    if (!holder.current) return;
    const begin = start();
    const editor = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: begin.value,
        extensions: [
          history(),
          closeBrackets(),
          bracketMatching(),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ spellcheck: 'false' }),
          labelled.current.of([]),
          placeholder(begin.example),
          highlighting,
          completions(() => known.current),
          look,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  // The name of the step that it stands for may be typed after the editor is there.
  useEffect(() => {
    view.current?.dispatch({ effects: labelled.current.reconfigure(EditorView.contentAttributes.of({ 'aria-label': label })) });
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={holder} className={classes.expression} data-invalid={invalid || undefined} style={{ '--expression-min-height': `${lines * 22 + 16}px` } as React.CSSProperties} />;
}

const kinds = { string: Decoration.mark({ class: 'cm-x-string' }), call: Decoration.mark({ class: 'cm-x-call' }), number: Decoration.mark({ class: 'cm-x-number' }), comment: Decoration.mark({ class: 'cm-x-comment' }) };

const matcher = new MatchDecorator({
  regexp: /(\/\*.*?\*\/)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\$\w*)|(\b\d+(?:\.\d+)?\b)/g,
  decoration: ([, comment, string, call]) => (comment ? kinds.comment : string ? kinds.string : call ? kinds.call : kinds.number),
});

const highlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(editor: EditorView) {
      this.decorations = matcher.createDeco(editor);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const functions = [
  'abs', 'append', 'average', 'boolean', 'ceil', 'contains', 'count', 'distinct', 'each', 'exists', 'filter', 'floor', 'formatNumber', 'fromMillis', 'join',
  'keys', 'length', 'lookup', 'lowercase', 'map', 'match', 'max', 'merge', 'min', 'not', 'now', 'number', 'pad', 'reduce', 'replace', 'reverse', 'round', 'sift',
  'sort', 'split', 'spread', 'string', 'substring', 'substringAfter', 'substringBefore', 'sum', 'toMillis', 'trim', 'type', 'uppercase', 'zip',
];

function completions(names: () => readonly string[]): Extension {
  const offer = (context: CompletionContext) => {
    const word = context.matchBefore(/\$?\w*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return {
      from: word.from,
      validFor: /^\$?\w*$/,
      options: [
        ...names().map((name) => ({ label: name, type: 'variable', boost: 1 })),
        ...functions.map((name) => ({ label: `$${name}`, type: 'function' })),
      ],
    };
  };
  return autocompletion({ override: [offer], icons: false });
}

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '22px' },
  '.cm-content': { padding: '8px 12px', minHeight: 'var(--expression-min-height)', caretColor: 'var(--mantine-color-text)' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--pp-selected)' },
  '.cm-x-string': { color: 'var(--pp-success)' },
  '.cm-x-call': { color: 'var(--pp-accent-text)' },
  '.cm-x-number': { color: 'var(--pp-warning)' },
  '.cm-x-comment': { color: 'var(--mantine-color-dimmed)' },
  '.cm-tooltip': { border: '1px solid var(--pp-line)', borderRadius: '6px', backgroundColor: 'var(--pp-raised)', color: 'var(--mantine-color-text)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--pp-selected)', color: 'var(--mantine-color-text)' },
});
