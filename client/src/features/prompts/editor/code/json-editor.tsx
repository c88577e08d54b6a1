import { closeBrackets } from '@codemirror/autocomplete';
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, type Ref } from 'react';
import classes from './code.module.css';
import { jsonProblem } from './json-problem';
import { useCodeEditor, type CodeEditorHandle } from './use-code-editor';

const name = Decoration.mark({ class: 'cm-json-name' });
const string = Decoration.mark({ class: 'cm-json-string' });
const plain = Decoration.mark({ class: 'cm-json-value' });

const matcher = new MatchDecorator({
  regexp: /("(?:[^"\\\n]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g,
  decorate(add, from, to, [text, quoted, colon]) {
    if (quoted) add(from, from + quoted.length, colon ? name : string);
    else if (text) add(from, to, plain);
  },
});

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

interface JsonEditorProps {
  label: string;
  value: string;
  /** Absent: for reading only. */
  onChange?: ((value: string) => void) | undefined;
  mustBeObject?: boolean;
  placeholder?: string;
  /** What the server finds wrong with it. */
  error?: string | undefined;
  minLines?: number;
  autoFocus?: boolean;
  ref?: Ref<CodeEditorHandle>;
}

/** JSON as it is typed. What keeps it from being JSON is marked, and told under it. */
export function JsonEditor({ label, value, onChange, mustBeObject = false, placeholder, error, minLines = 5, autoFocus, ref }: JsonEditorProps) {
  const [settled] = useDebouncedValue(value, 250);
  const problem = useMemo(() => (settled.trim() === '' ? undefined : jsonProblem(settled, { mustBeObject })), [settled, mustBeObject]);
  const problems = useMemo(() => (problem ? [problem] : []), [problem]);
  const holder = useCodeEditor({ label, value, onChange, placeholder, problems, autoFocus, extensions: [highlighting, closeBrackets()], ref });
  const said = problem ? `Line ${problem.line}, column ${problem.column}: ${problem.message}` : error;
  return (
    <div className={classes.json} data-invalid={said ? true : undefined}>
      <div ref={holder} className={classes.editor} data-read-only={!onChange || undefined} style={{ '--editor-min-height': `${minLines * 22 + 24}px` } as React.CSSProperties} />
      <div role="status">{said && <p className={classes.error}>{said}</p>}</div>
    </div>
  );
}
