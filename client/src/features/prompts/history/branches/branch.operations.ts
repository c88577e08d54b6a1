import { graphql } from '../../../../gql';
import type { BranchFactsFragment } from '../../../../gql/graphql';

export type Branch = BranchFactsFragment;

graphql(`
  fragment BranchFacts on PromptBranch {
    id name ahead behind archivedAt createdAt
    head { id version message createdAt author { id name } }
  }
`);

export const branchesDocument = graphql(`
  query PromptBranches($id: ID!, $archived: Boolean!) {
    prompt(id: $id) { id branches(archived: $archived) { ...BranchFacts } }
  }
`);

export const createBranchDocument = graphql(`
  mutation CreatePromptBranch($input: CreatePromptBranchInput!) {
    createPromptBranch(input: $input) { ...BranchFacts }
  }
`);

export const renameBranchDocument = graphql(`
  mutation RenamePromptBranch($input: RenamePromptBranchInput!) {
    renamePromptBranch(input: $input) { ...BranchFacts }
  }
`);

export const archiveBranchDocument = graphql(`
  mutation ArchivePromptBranch($id: ID!) {
    archivePromptBranch(id: $id) { ...BranchFacts }
  }
`);

export const unarchiveBranchDocument = graphql(`
  mutation UnarchivePromptBranch($id: ID!) {
    unarchivePromptBranch(id: $id) { ...BranchFacts }
  }
`);
