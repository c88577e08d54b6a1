import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { parseReference, resolveReference } from '../workflows/reference.js';
import { type SampleRun, type SampleStore } from './sample.store.js';

const longestText = 300;
const longestJson = 2_000;

/** What a reference stood for in the last run of a workflow, read once a request. */
export class SampleLoader {
  private readonly readRuns: ReadMany<SampleRun | null>;

  constructor(store: SampleStore) {
    this.readRuns = (workspaceId, ids) => store.lastCompleted(workspaceId, ids);
  }

  /** @returns undefined where there was no such run, or nothing in it; a long text cut short */
  async sample(context: RequestContext, workflowId: string, from: string): Promise<unknown> {
    const run = await context.loaders.load(this.readRuns, identityOf(context), workflowId, () => null);
    if (!run) return undefined;
    const { inputs, steps } = run;
    return shortened(resolveReference(parseReference(from), { inputs, outputOf: (key) => steps.get(key)?.output, errorOf: (key) => steps.get(key)?.error }));
  }
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  return value !== undefined && JSON.stringify(value).length > longestJson ? undefined : value;
}
