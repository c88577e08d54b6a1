import { type PromptsService } from '../prompt.service.js';
import { type DependentRecord, type DependentStore } from './dependent.store.js';

/** A place of a prompt that references may name, and that is about to be another version. */
export interface ChangedPlaces {
  branch: string;
  /** A label that moves as well. */
  label?: string | null | undefined;
}

/** Which prompts include a prompt, in versions that somebody may still get: newest ones on branches that are not archived, and labelled ones. */
export class DependentsService {
  constructor(
    private readonly store: DependentStore,
    private readonly prompts: PromptsService,
  ) {}

  /** By the prompt's id, each in the order of the including prompts' paths; prompts that nothing includes are left out. */
  async byPrompt(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, DependentRecord[]>> {
    const prompts = [...(await this.prompts.byIds(workspaceId, promptIds)).values()];
    if (prompts.length === 0) return new Map();
    const all = await this.store.findByPath(workspaceId, prompts.map(({ path }) => path));
    const found = prompts.map(({ id, path }) => [id, all.filter(({ promptId, reference }) => reference.path === path && promptId !== id)] as const);
    return new Map(found.filter(([, dependents]) => dependents.length > 0));
  }

  /** Everything that would miss the prompt, or its path. */
  async of(workspaceId: string, promptId: string): Promise<DependentRecord[]> {
    return (await this.byPrompt(workspaceId, [promptId])).get(promptId) ?? [];
  }

  /** Those that get another version when a branch, and perhaps a label, of the prompt moves on. */
  async changedBy(workspaceId: string, promptId: string, { branch, label }: ChangedPlaces): Promise<DependentRecord[]> {
    const dependents = await this.of(workspaceId, promptId);
    return dependents.filter(({ reference }) => reference.branch === branch || (label ? reference.label === label : false));
  }
}
