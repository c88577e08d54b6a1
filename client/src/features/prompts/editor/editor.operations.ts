import { graphql } from '../../../gql';

graphql(`
  fragment WrittenVariable on PromptVariable {
    name type description required defaultValue sample minLength maxLength minimum maximum pattern allowedValues
  }
`);

graphql(`
  fragment WrittenSettings on ModelSettings {
    model temperature topP maxOutputTokens seed stopSequences
  }
`);

// A version and a draft are two types to GraphQL, so what the editor edits is named for each.
graphql(`
  fragment VersionContent on PromptVersion {
    messages { id role content } variables { ...WrittenVariable } settings { ...WrittenSettings } tools { name description parameters } outputSchema
  }
`);

graphql(`
  fragment DraftContent on PromptContent {
    messages { id role content } variables { ...WrittenVariable } settings { ...WrittenSettings } tools { name description parameters } outputSchema
  }
`);

graphql(`
  fragment SavedDraft on PromptDraft {
    branch name path description kind revision updatedAt
    content { ...DraftContent }
    baseVersion { id version message createdAt branch author { id name } ...VersionContent }
  }
`);

export const promptDraftDocument = graphql(`
  query PromptDraftToEdit($id: ID!, $branch: String!) {
    prompt(id: $id) {
      id
      branch(name: $branch) { id name head { id version message createdAt branch author { id name } ...VersionContent } }
      draft(branch: $branch) { ...SavedDraft }
    }
  }
`);

export const newPromptDraftDocument = graphql(`
  query NewPromptDraft {
    newPromptDraft { ...SavedDraft }
  }
`);

export const savePromptDraftDocument = graphql(`
  mutation SavePromptDraft($input: SavePromptDraftInput!) {
    savePromptDraft(input: $input) { revision updatedAt }
  }
`);

export const discardPromptDraftDocument = graphql(`
  mutation DiscardPromptDraft($input: DiscardPromptDraftInput!) {
    discardPromptDraft(input: $input) { id }
  }
`);

export const renderPromptDocument = graphql(`
  query RenderDraft($input: RenderPromptInput!) {
    renderPrompt(input: $input) {
      messages { messageId role content tokens }
      tokens
      references { reference { path label version branch } version { id version prompt { id name path } } }
    }
  }
`);

export const promptsToIncludeDocument = graphql(`
  query PromptsToInclude($search: String) {
    prompts(first: 8, search: $search, filter: { kind: TEXT }) {
      edges {
        cursor
        node {
          id name path description
          head { id version }
          labels { name version { id version } }
          branches { id name head { id version } }
        }
      }
    }
  }
`);

export const promptVersionsToIncludeDocument = graphql(`
  query PromptVersionsToInclude($id: ID!) {
    prompt(id: $id) {
      id
      versions(first: 50) { edges { cursor node { id version message } } }
    }
  }
`);

export const includedPromptDocument = graphql(`
  query IncludedPrompt($path: String!, $label: String, $version: String, $branch: String) {
    promptVersion(path: $path, label: $label, version: $version, branch: $branch) {
      id version message
      variables { ...WrittenVariable }
      prompt { id name path }
    }
  }
`);
