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
