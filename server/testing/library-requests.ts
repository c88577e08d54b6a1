import { PromptLabelsResolver } from '../features/prompts/labels/label-fields.resolver.js';
import { LabelLoader } from '../features/prompts/labels/label.loader.js';
import { PromptLabelResolver } from '../features/prompts/labels/label.resolver.js';
import { PromptFolderResolver } from '../features/prompts/library/folder.resolver.js';
import { PromptEdgeResolver, PromptPlaceResolver } from '../features/prompts/library/library-fields.resolver.js';
import { PromptLibraryResolver } from '../features/prompts/library/library.resolver.js';
import { PromptResolver, PromptVersionResolver } from '../features/prompts/prompt.resolver.js';
import { type AuthoringKit } from './authoring-kit.js';
import { graphqlRequests } from './graphql-requests.js';

/** All that the client's list shows of a prompt. */
export const promptOfPage = `id name path kind description updatedAt archivedAt tags folder { id name colour }
  labels { name protected version { id version } } head { id version createdAt author { id name } }`;

/** Answers GraphQL requests for the library's lists, folders and tags, without a server. */
export function libraryRequests({ prompts, promptLoader, people, promptLists, library, folders, libraryLoader, labels }: AuthoringKit) {
  const labelLoader = new LabelLoader(labels, promptLoader);
  return graphqlRequests(
    [PromptResolver, PromptVersionResolver, PromptLabelResolver, PromptLabelsResolver, PromptLibraryResolver, PromptFolderResolver, PromptPlaceResolver, PromptEdgeResolver],
    [
      new PromptResolver(prompts, promptLoader),
      new PromptVersionResolver(promptLoader, people),
      new PromptLabelResolver(labels, labelLoader, promptLoader, people),
      new PromptLabelsResolver(labelLoader),
      new PromptLibraryResolver(promptLists, library),
      new PromptFolderResolver(folders, libraryLoader),
      new PromptPlaceResolver(libraryLoader),
      new PromptEdgeResolver(libraryLoader),
    ],
  );
}
