import { graphql } from '../../../gql';

graphql(`
  fragment LibraryPrompt on Prompt {
    id name path kind description updatedAt archivedAt tags
    folder { id name colour }
    labels { name protected version { id version } }
    head { id version createdAt author { id name } }
  }
`);

export const libraryPromptsDocument = graphql(`
  query LibraryPrompts($first: Int!, $after: String, $search: String, $filter: PromptFilterInput, $orderBy: PromptOrder!) {
    prompts(first: $first, after: $after, search: $search, filter: $filter, orderBy: $orderBy) {
      edges {
        cursor
        hits { field fragments { hit text } }
        node { ...LibraryPrompt }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const promptFoldersDocument = graphql(`
  query PromptFolders {
    promptFolders { id name colour parentId promptCount }
  }
`);

export const promptTagsDocument = graphql(`
  query PromptTags {
    promptTags { name count }
  }
`);

export const promptDetailsDocument = graphql(`
  query PromptDetails($id: ID!) {
    prompt(id: $id) { ...LibraryPrompt createdAt }
  }
`);

/** What deleting a prompt would take away and break. */
export const promptUsesDocument = graphql(`
  query PromptUses($id: ID!) {
    prompt(id: $id) {
      id
      branches { id name }
      dependents { prompt { id path } version { id version } reference { path label version branch } }
      usedBy { workflow { id name } stepKey stepName }
    }
  }
`);

export const updatePromptDocument = graphql(`
  mutation UpdatePrompt($input: UpdatePromptInput!) {
    updatePrompt(input: $input) { ...LibraryPrompt }
  }
`);

export const movePromptsDocument = graphql(`
  mutation MovePrompts($ids: [ID!]!, $folderId: ID) {
    movePrompts(ids: $ids, folderId: $folderId) { ...LibraryPrompt }
  }
`);

export const archivePromptDocument = graphql(`
  mutation ArchivePrompt($id: ID!) {
    archivePrompt(id: $id) { id archivedAt updatedAt }
  }
`);

export const unarchivePromptDocument = graphql(`
  mutation UnarchivePrompt($id: ID!) {
    unarchivePrompt(id: $id) { id archivedAt updatedAt }
  }
`);

export const deletePromptDocument = graphql(`
  mutation DeletePrompt($id: ID!, $acceptBroken: Boolean!) {
    deletePrompt(id: $id, acceptBroken: $acceptBroken) { id }
  }
`);

export const createPromptFolderDocument = graphql(`
  mutation CreatePromptFolder($input: CreatePromptFolderInput!) {
    createPromptFolder(input: $input) { id name colour parentId promptCount }
  }
`);

export const updatePromptFolderDocument = graphql(`
  mutation UpdatePromptFolder($input: UpdatePromptFolderInput!) {
    updatePromptFolder(input: $input) { id name colour parentId promptCount }
  }
`);

export const deletePromptFolderDocument = graphql(`
  mutation DeletePromptFolder($id: ID!, $moveTo: ID) {
    deletePromptFolder(id: $id, moveTo: $moveTo) { id }
  }
`);

export const exportPromptsDocument = graphql(`
  query ExportPrompts($ids: [ID!]!) {
    exportPrompts(ids: $ids, withIncluded: true)
  }
`);

export const importPromptsDocument = graphql(`
  mutation ImportPrompts($input: ImportPromptsInput!) {
    importPrompts(input: $input) {
      imported { id name path }
      problems { prompt missingPath message }
    }
  }
`);
