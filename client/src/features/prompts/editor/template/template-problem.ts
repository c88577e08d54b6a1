export interface TemplateProblem {
  message: string;
  /** Counted from 1. */
  line: number;
  column: number;
  /** Offsets in the template. */
  from: number;
  to: number;
}

/** A problem with the text between two offsets, with the line and the column that people count. */
export function problemAt(template: string, from: number, to: number, message: string): TemplateProblem {
  const before = template.slice(0, from);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { message, line: before.split('\n').length, column: from - lineStart + 1, from, to };
}

/** What Liquid says, in words for whoever writes a prompt. `code` is the tag or output that it says it of. */
export function problemMessage(said: string, code: string): string {
  const reason = said.replace(/, line:\d+, col:\d+$/s, '').replace(/, file:.*$/s, '');
  if (/^output .* not closed$/s.test(reason)) return '{{ is not closed. Write }} after the name of the variable.';
  if (/^tag "\{%.* not closed$/s.test(reason)) return '{% is not closed. Write %} at its end.';
  const block = /^tag \{%-?\s*(\w+).* not closed$/s.exec(reason)?.[1];
  if (block) return `{% ${block} %} is not closed. Write {% end${block} %} where it ends.`;
  if (/^raw .* not closed$/s.test(reason)) return '{% raw %} is not closed. Write {% endraw %} where it ends.';
  if (/^\{\{[-\s]*\}\}$/.test(code)) return 'Nothing stands between {{ and }}. Write the name of a variable.';
  if (code.startsWith('{{') && /^(invalid value expression|expected "\|" before filter)/.test(reason)) {
    return 'This is no variable. If you mean the text itself, put it between {% raw %} and {% endraw %}.';
  }
  if (reason.startsWith('Maximum call stack')) return 'This is nested too deep.';
  const tag = /^tag "(.*)" not found$/s.exec(reason)?.[1];
  if (tag?.startsWith('end') || tag === 'else' || tag === 'elsif' || tag === 'when') return `{% ${tag} %} has no beginning before it.`;
  if (tag !== undefined) return `There is no tag “${tag}”.`;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
