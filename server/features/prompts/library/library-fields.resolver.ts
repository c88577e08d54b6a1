import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PromptEdge, PromptFolder, SearchHit } from '../../../../schema/prompt-library.js';
import { Prompt } from '../../../../schema/prompts.js';
import { type RequestContext } from '../../../graphql/context.js';
import { type LibraryLoader } from './library.loader.js';

/** A list has read what its prompts have here with the prompts themselves. */
@Resolver(() => Prompt)
export class PromptPlaceResolver {
  constructor(private readonly loader: LibraryLoader) {}

  @FieldResolver(() => PromptFolder, { nullable: true })
  async folder(@Root() { folder, folderId }: Prompt, @Ctx() context: RequestContext): Promise<PromptFolder | null> {
    return folder ?? this.loader.folder(context, folderId);
  }

  @FieldResolver(() => [String])
  async tags(@Root() { id, tags }: Prompt, @Ctx() context: RequestContext): Promise<string[]> {
    return tags ?? this.loader.tags(context, id);
  }
}

@Resolver(() => PromptEdge)
export class PromptEdgeResolver {
  constructor(private readonly loader: LibraryLoader) {}

  @FieldResolver(() => [SearchHit], { description: 'Where the search text was found; empty without a search.' })
  hits(@Root() { node, searchedWords }: PromptEdge, @Ctx() context: RequestContext): Promise<SearchHit[]> {
    return this.loader.hits(context, node, searchedWords);
  }
}
