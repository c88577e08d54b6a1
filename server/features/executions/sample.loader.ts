import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { parseReference, resolveReference } from '../workflows/reference.js';
import { type SampleRun, type SampleStore } from './sample.store.js';

const longestJson = 2_000;

interface Measure {
  characters: number;
  items: number;
  properties: number;
}

/** Each cuts more than the one before. */
const measures: readonly Measure[] = [
  { characters: 300, items: 5, properties: 50 },
  { characters: 80, items: 2, properties: 25 },
  { characters: 20, items: 1, properties: 15 },
];

/** What a reference stood for in the last run of a workflow, read once a request. */
export class SampleLoader {
  private readonly readRuns: ReadMany<SampleRun | null>;

  constructor(store: SampleStore) {
    this.readRuns = (workspaceId, ids) => store.lastCompleted(workspaceId, ids);
  }

  /** @returns undefined where there was no such run, or nothing in it; long texts and lists cut short */
  async sample(context: RequestContext, workflowId: string, from: string): Promise<unknown> {
    const run = await context.loaders.load(this.readRuns, identityOf(context), workflowId, () => null);
    if (!run) return undefined;
    const { inputs, steps } = run;
    return shortened(resolveReference(parseReference(from), { inputs, outputOf: (key) => steps.get(key)?.output, errorOf: (key) => steps.get(key)?.error }));
  }
}

/** Enough of a value to know it by. @returns undefined for one that is too much even so */
function shortened(value: unknown): unknown {
  return measures.map((measure) => cut(value, measure)).find((sample) => sample !== undefined && JSON.stringify(sample).length <= longestJson);
}

function cut(value: unknown, measure: Measure): unknown {
  const { characters, items, properties } = measure;
  if (typeof value === 'string') return value.length > characters ? `${value.slice(0, characters)}…` : value;
  if (Array.isArray(value)) return value.slice(0, items).map((item) => cut(item, measure));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).slice(0, properties).map(([name, part]) => [name, cut(part, measure)]));
}
