import type { FindAnythingQuery } from '../../gql/graphql';

/** Somewhere to go. */
export interface Command {
  /** Unique among all. */
  id: string;
  kind: 'PAGE' | 'ACTION' | 'PROMPT' | 'WORKFLOW';
  label: string;
  /** Beside the label: a prompt's path. */
  detail?: string;
  to: string;
}

export interface CommandGroup {
  title: string;
  commands: readonly Command[];
}

const actions: readonly Command[] = [
  { id: 'new-prompt', kind: 'ACTION', label: 'New prompt', to: '/prompts/new' },
  { id: 'new-workflow', kind: 'ACTION', label: 'New workflow', to: '/workflows/new' },
];

/** What fits what was typed, in groups; without anything typed the pages and what was changed last. */
export function commandsFor(typed: string, pages: readonly { label: string; to: string }[], found: FindAnythingQuery | undefined): readonly CommandGroup[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label }: { label: string }) => words.every((word) => label.toLowerCase().includes(word));
  const ofPages = pages.map(({ label, to }): Command => ({ id: `page ${to}`, kind: 'PAGE', label: `Go to ${label}`, to }));
  const prompts = (found?.prompts.edges ?? []).map(({ node: { id, name, path } }): Command => ({ id: `prompt ${id}`, kind: 'PROMPT', label: name, detail: path, to: `/prompts/${id}` }));
  const workflows = (found?.workflows.edges ?? []).map(({ node: { id, name } }): Command => ({ id: `workflow ${id}`, kind: 'WORKFLOW', label: name, to: `/workflows/${id}` }));
  // The server also finds what has the words in its text: what is called so comes first.
  const namedFirst = (commands: readonly Command[]) => [...commands.filter(fits), ...commands.filter((command) => !fits(command))];
  const groups = [
    { title: 'Pages', commands: ofPages.filter(fits) },
    { title: 'Actions', commands: actions.filter(fits) },
    { title: words.length > 0 ? 'Prompts' : 'Latest prompts', commands: namedFirst(prompts) },
    { title: words.length > 0 ? 'Workflows' : 'Latest workflows', commands: namedFirst(workflows) },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

/** The command that a key leads to from the one that is chosen now. */
export function moveChoice(commands: readonly Command[], chosenId: string | undefined, key: string): string | undefined {
  const at = commands.findIndex(({ id }) => id === chosenId);
  switch (key) {
    case 'ArrowDown':
      return commands[(at + 1) % commands.length]?.id;
    case 'ArrowUp':
      return commands.at(at <= 0 ? -1 : at - 1)?.id;
    default:
      return undefined;
  }
}
