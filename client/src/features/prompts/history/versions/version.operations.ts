import { graphql } from '../../../../gql';
import type { VersionFactsFragment, VersionRowFragment } from '../../../../gql/graphql';

/** A version as every list of versions shows it. */
export type Version = VersionFactsFragment;
export type VersionWithStats = VersionRowFragment;

graphql(`
  fragment VersionFacts on PromptVersion {
    id version message createdAt branch parentIds originalAuthor
    author { id name }
    labels { name protected }
    headOf { id name archivedAt }
  }
`);

graphql(`
  fragment VersionRow on PromptVersion {
    ...VersionFacts
    runStats { runs medianDurationMs medianTokens medianCost }
  }
`);

export const branchVersionsDocument = graphql(`
  query BranchVersions($id: ID!, $branch: String!, $after: String) {
    prompt(id: $id) {
      id
      versions(first: 20, branch: $branch, after: $after) {
        edges { cursor node { ...VersionRow } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

/** The versions of all branches, for the graph and for choosing one. */
export const allVersionsDocument = graphql(`
  query AllVersions($id: ID!, $after: String) {
    prompt(id: $id) {
      id
      versions(first: 100, after: $after) {
        edges { cursor node { ...VersionFacts } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export const versionDocument = graphql(`
  query PromptVersionToRead($id: ID!) {
    promptVersion(id: $id) { ...VersionRow ...VersionContent prompt { id } }
  }
`);

export const restoreVersionDocument = graphql(`
  mutation RestorePromptVersion($input: RestorePromptVersionInput!) {
    restorePromptVersion(input: $input) { ...VersionRow }
  }
`);
