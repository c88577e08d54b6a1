import type { Permission } from '../../api/use-permissions';
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

const actions: readonly (Command & { needs: Permission })[] = [
  { id: 'new-prompt', kind: 'ACTION', label: 'New prompt', to: '/prompts/new', needs: 'prompt:write' },
  { id: 'new-workflow', kind: 'ACTION', label: 'New workflow', to: '/workflows/new', needs: 'workflow:write' },
  { id: 'new-trigger', kind: 'ACTION', label: 'New trigger', to: '/triggers/new', needs: 'trigger:write' },
];

/** What the server found, and whether for what is typed now; else it is what was found before. */
export interface Found {
  results: FindAnythingQuery;
  isCurrent: boolean;
}

/** What fits what was typed, in groups; without anything typed the pages and what was changed last. */
export function commandsFor(
  typed: string,
  pages: readonly { label: string; to: string; needs?: Permission | undefined }[],
  found: Found | undefined,
  may: (permission: Permission) => boolean,
): readonly CommandGroup[] {
  const words = wordsOf(typed);
  const fits = (command: { label: string }) => isCalledSo(command, words);
  const ofPages = pages.filter(({ needs }) => !needs || may(needs)).map(({ label, to }): Command => ({ id: `page ${to}`, kind: 'PAGE', label: `Go to ${label}`, to }));
  const prompts = (found?.results.prompts.edges ?? []).map(({ node: { id, name, path } }): Command => ({ id: `prompt ${id}`, kind: 'PROMPT', label: name, detail: path, to: `/prompts/${id}` }));
  const workflows = (found?.results.workflows.edges ?? []).map(({ node: { id, name } }): Command => ({ id: `workflow ${id}`, kind: 'WORKFLOW', label: name, to: `/workflows/${id}` }));
  // The server also finds what has the words in its text: what is called so comes first.
  const namedFirst = (commands: readonly Command[]) => [...commands.filter(fits), ...commands.filter((command) => found?.isCurrent && !fits(command))];
  const groups = [
    { title: 'Pages', commands: ofPages.filter(fits) },
    { title: 'Actions', commands: actions.filter((action) => may(action.needs) && fits(action)) },
    { title: words.length > 0 ? 'Prompts' : 'Latest prompts', commands: namedFirst(prompts) },
    { title: words.length > 0 ? 'Workflows' : 'Latest workflows', commands: namedFirst(workflows) },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

/** What Enter goes to unless something else is chosen: the first that is called what was typed. */
export function firstChoice(commands: readonly Command[], typed: string): Command | undefined {
  const words = wordsOf(typed);
  return commands.find((command) => isCalledSo(command, words)) ?? commands[0];
}

const wordsOf = (typed: string): readonly string[] => typed.trim().toLowerCase().split(/\s+/).filter(Boolean);

const isCalledSo = ({ label }: { label: string }, words: readonly string[]): boolean => words.every((word) => label.toLowerCase().includes(word));

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
