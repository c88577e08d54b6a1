import * as z from 'zod/mini';

/** A step that asks a model, as the run's lockfile pins it. */
export interface PinnedStep {
  /** All keys on the way to it, such as `each/summarise`. */
  path: string;
  name: string;
  model: string | null;
  /** Null where it has content of its own. */
  promptVersion: string | null;
  /** Known of the run's own steps that have been sent. */
  promptId: string | null;
}

/** What is read of a run. */
export interface PinningRun {
  lockfile: unknown;
  steps: readonly { key: string; name: string; promptVersion?: { prompt: { id: string } } | null }[];
}

const modelSchema = z.object({ model: z.string() });
const lockfileSchema = z.object({
  prompts: z.catch(z.record(z.string(), z.object({ promptVersion: z.optional(z.string()), settings: modelSchema, models: z.optional(z.array(modelSchema)) })), {}),
  models: z.catch(z.record(z.string(), modelSchema), {}),
});

/** The steps of a run, and of its MAP steps, that ask a model, in the order of the run. */
export function pinnedSteps({ lockfile, steps }: PinningRun): PinnedStep[] {
  const parsed = lockfileSchema.safeParse(lockfile);
  if (!parsed.success) return [];
  const place = (path: string) => steps.findIndex(({ key }) => key === path.split('/')[0]);
  const described = (path: string, model: string, promptVersion?: string): PinnedStep => {
    const own = steps.find(({ key }) => key === path);
    const within = steps[place(path)];
    const name = own?.name ?? (within ? `${within.name} › ${path.split('/').slice(1).join(' › ')}` : path);
    return { path, name, model, promptVersion: promptVersion ?? null, promptId: own?.promptVersion?.prompt.id ?? null };
  };
  const { prompts, models } = parsed.data;
  const asking = [
    ...Object.entries(prompts).map(([path, { settings, models: several, promptVersion }]) => described(path, several?.map(({ model }) => model).join(', ') ?? settings.model, promptVersion)),
    ...Object.entries(models).map(([path, { model }]) => described(path, model)),
  ];
  return asking.sort((one, other) => place(one.path) - place(other.path) || one.path.localeCompare(other.path));
}
