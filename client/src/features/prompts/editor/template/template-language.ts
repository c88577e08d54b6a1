import { autocompletion, closeBrackets, type Completion, type CompletionContext } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { knownNames } from '../code/known-names';

const output = Decoration.mark({ class: 'cm-template-output' });
const variable = Decoration.mark({ class: 'cm-template-variable' });
const tag = Decoration.mark({ class: 'cm-template-tag' });
const reference = Decoration.mark({ class: 'cm-template-reference' });

const matcher = new MatchDecorator({
  regexp: /\{\{-?\s*([\w.-]*?)(?:\s*\|[^}]*|[^}]*)?-?\}\}|\{%.*?%\}/g,
  decorate(add, from, to, [text, name]) {
    if (text.startsWith('{%')) return add(from, to, /^\{%-?\s*prompt\b/.test(text) ? reference : tag);
    add(from, to, output);
    if (!name) return;
    const start = from + text.indexOf(name);
    add(start, start + name.length, variable);
  },
});

/** `{{ output }}`, `{% tags %}` and other prompts that are included stand out from the text around them. */
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

const keywords = ['if', 'elsif', 'else', 'endif', 'unless', 'endunless', 'for', 'endfor', 'case', 'when', 'endcase', 'assign', 'capture', 'endcapture', 'raw', 'endraw', 'comment', 'endcomment', 'prompt'];
const tags = keywords.map((label): Completion => ({ label, type: 'keyword' }));
const filters = [
  'append', 'at_least', 'at_most', 'capitalize', 'ceil', 'compact', 'date', 'default', 'divided_by', 'downcase', 'escape', 'first', 'floor', 'join', 'json', 'last',
  'map', 'minus', 'modulo', 'newline_to_br', 'plus', 'prepend', 'remove', 'replace', 'reverse', 'round', 'size', 'slice', 'sort', 'split', 'strip', 'strip_html',
  'strip_newlines', 'sum', 'times', 'truncate', 'truncatewords', 'uniq', 'upcase', 'where',
].map((label): Completion => ({ label, type: 'function' }));

/** Highlighting, and what is offered as one types: variables after `{{`, filters after `|`, tags after `{%`. */
export function templateLanguage(): Extension {
  const offer = (context: CompletionContext) => {
    const word = context.matchBefore(/\w*$/);
    const from = word?.from ?? context.pos;
    const options = optionsAt(context, context.state.facet(knownNames).flat());
    return options.length > 0 ? { from, options, validFor: /^\w*$/ } : null;
  };
  return [highlighting, closeBrackets(), autocompletion({ override: [offer], icons: false })];
}

function optionsAt(context: CompletionContext, variables: readonly string[]): readonly Completion[] {
  if (context.matchBefore(/\{\{-?\s*\w*$/) || context.matchBefore(/\{%-?\s*(?:if|elsif|unless|case)\s+\w*$/) || context.matchBefore(/\{%-?\s*for\s+\w+\s+in\s+\w*$/)) {
    return variables.map((label) => ({ label, type: 'variable' }));
  }
  if (context.matchBefore(/\{[{%][^}]*\|\s*\w*$/)) return filters;
  return context.matchBefore(/\{%-?\s*\w*$/) ? tags : [];
}
