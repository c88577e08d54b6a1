import { graphql } from '../../../gql';
import type { CompareWorkflowVersionsQuery, WorkflowVersionToReadQuery, WorkflowVersionsQuery } from '../../../gql/graphql';

export const workflowVersionsDocument = graphql(`
  query WorkflowVersions($id: ID!, $after: String) {
    workflow(id: $id) {
      id
      versions(first: 20, after: $after) {
        edges { cursor node { id number message createdAt author { id name } steps { key } } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export type VersionRow = WorkflowVersionsQuery['workflow']['versions']['edges'][number]['node'];

export const workflowVersionDocument = graphql(`
  query WorkflowVersionToRead($id: ID!) {
    workflowVersion(id: $id) { ...WrittenVersion }
  }
`);

export type ReadVersion = WorkflowVersionToReadQuery['workflowVersion'];

graphql(`
  fragment WorkflowChanges on WorkflowVersionDiff {
    steps { key name change moved fields { field change before after } }
    inputs { field change before after }
    settings { field change before after }
  }
`);

export const compareWorkflowVersionsDocument = graphql(`
  query CompareWorkflowVersions($fromId: ID!, $toId: ID!) {
    compareWorkflowVersions(fromId: $fromId, toId: $toId) { ...WorkflowChanges }
  }
`);

export type WorkflowChanges = CompareWorkflowVersionsQuery['compareWorkflowVersions'];

export const workflowChangesDocument = graphql(`
  query UnsavedWorkflowChanges($input: ValidateWorkflowInput!) {
    validateWorkflow(input: $input) { valid changes { ...WorkflowChanges } }
  }
`);
