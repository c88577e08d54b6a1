import { graphql } from '../../../gql';

export const rerunDocument = graphql(`
  mutation Rerun($input: RerunExecutionInput!) {
    rerunExecution(input: $input) { id }
  }
`);

/** What may be chosen anew: the newest version of the workflow, and of each prompt. */
export const newestVersionDocument = graphql(`
  query NewestVersion($id: ID!) {
    workflow(id: $id) { id head { id number } }
  }
`);

export const promptVersionChoicesDocument = graphql(`
  query PromptVersionChoices($id: ID!) {
    prompt(id: $id) {
      id
      versions(first: 50) { edges { cursor node { id version } } pageInfo { endCursor hasNextPage } }
    }
  }
`);

export const branchNamesDocument = graphql(`
  query BranchNames($id: ID!) {
    prompt(id: $id) { id branches { id name } }
  }
`);
