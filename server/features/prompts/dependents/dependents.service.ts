import { type PromptsService } from '../prompt.service.js';
import { type DependentRecord, type DependentStore } from './dependent.store.js';

/** A place of a prompt that references may name, and that is about to be another version. */
export interface ChangedPlaces {
  /** Absent: a label moves alone. */
  branch?: string | undefined;
  /** A label that moves, perhaps as well. */
  label?: string | null | undefined;
}

const deepest = 10;

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

  /** Those that get another version when a branch, a label, or both, of the prompt move on. */
  async changedBy(workspaceId: string, promptId: string, { branch, label }: ChangedPlaces): Promise<DependentRecord[]> {
    const dependents = await this.of(workspaceId, promptId);
    return dependents.filter(({ reference }) => (branch ? reference.branch === branch : false) || (label ? reference.label === label : false));
  }

  /** Those that include a prompt, and whatever includes these in turn, each prompt once for each way in which it includes the one below. */
  async reaching(workspaceId: string, promptId: string, direct: readonly DependentRecord[]): Promise<DependentRecord[]> {
    const reached = [...direct];
    const seen = new Set([promptId]);
    let level = direct;
    for (let depth = 0; depth < deepest && level.length > 0; depth++) {
      const fresh = [...new Set(level.map((dependent) => dependent.promptId))].filter((id) => !seen.has(id));
      for (const id of fresh) seen.add(id);
      level = [...(await this.byPrompt(workspaceId, fresh)).values()].flat();
      reached.push(...level);
    }
    return reached;
  }
}
