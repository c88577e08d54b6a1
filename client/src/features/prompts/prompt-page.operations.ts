import { graphql } from '../../gql';
import type { PromptPageQuery } from '../../gql/graphql';

export type PagePrompt = PromptPageQuery['prompt'];

/** What every page of a prompt shows of it. */
export const promptPageDocument = graphql(`
  query PromptPage($id: ID!, $branch: String!) {
    prompt(id: $id) {
      id name path kind description tags archivedAt updatedAt
      labels { ...LabelFacts }
      branch(name: $branch) { ...BranchFacts }
    }
  }
`);
