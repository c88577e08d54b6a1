import { graphql } from '../../gql';

export const promptsDocument = graphql(`
  query Prompts($first: Int!, $after: String, $search: String) {
    prompts(first: $first, after: $after, search: $search) {
      edges {
        cursor
        node { id name path kind description updatedAt head { id version message createdAt author { id name } variables { name } } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const promptDocument = graphql(`
  query PromptToEdit($id: ID!) {
    prompt(id: $id) {
      id name path kind description updatedAt
      head {
        id version message createdAt author { id name }
        messages { role content } settings { model temperature topP maxOutputTokens } variables { name }
      }
    }
  }
`);

export const promptVersionsDocument = graphql(`
  query PromptVersions($id: ID!, $after: String) {
    prompt(id: $id) {
      id
      versions(first: 20, after: $after) {
        edges {
          cursor
          node {
            id version message createdAt author { id name }
            messages { role content } settings { model temperature topP maxOutputTokens } variables { name }
          }
        }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export const modelsDocument = graphql(`
  query Models {
    models { id name provider simulated }
  }
`);

export const createPromptDocument = graphql(`
  mutation CreatePrompt($input: CreatePromptInput!) {
    createPrompt(input: $input) { id name path kind description updatedAt }
  }
`);

export const commitPromptVersionDocument = graphql(`
  mutation CommitPromptVersion($input: CommitPromptVersionInput!) {
    commitPromptVersion(input: $input) {
      id version message createdAt author { id name }
      messages { role content } settings { model temperature topP maxOutputTokens } variables { name }
      prompt { id updatedAt head { id } }
    }
  }
`);
