import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type PromptsService, type PromptVersionRecord } from '../prompt.service.js';
import { type DraftRecord, type DraftsService } from './draft.service.js';

/** The caller's drafts of prompts, and the versions that they began from, each read in one query a request. */
export class DraftLoader {
  private readonly readDrafts: ReadMany<DraftRecord | null>;
  private readonly readBases: ReadMany<PromptVersionRecord | null>;

  constructor(drafts: DraftsService, prompts: PromptsService) {
    this.readDrafts = async (_workspaceId, keys, identity) => {
      const places = keys.map(placeOf);
      const found = await drafts.at(identity, places);
      return new Map(places.map((place) => [keyOf(place), found.get(place) ?? null]));
    };
    this.readBases = (workspaceId, ids) => prompts.versionsByIds(workspaceId, ids);
  }

  draft(context: RequestContext, promptId: string, branch: string): Promise<DraftRecord | null> {
    return context.loaders.load(this.readDrafts, identityOf(context), keyOf({ promptId, branch }), () => null);
  }

  /** Null where it is gone. */
  async base(context: RequestContext, versionId: string | undefined): Promise<PromptVersionRecord | null> {
    return versionId === undefined ? null : context.loaders.load(this.readBases, identityOf(context), versionId, () => null);
  }
}

interface Place {
  promptId: string;
  branch: string;
}

/** An id has no slash. */
const keyOf = ({ promptId, branch }: Place): string => `${promptId}/${branch}`;

function placeOf(key: string): Place {
  const slash = key.indexOf('/');
  return { promptId: key.slice(0, slash), branch: key.slice(slash + 1) };
}
