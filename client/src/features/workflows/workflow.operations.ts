import { graphql } from '../../gql';
import type { WorkflowToEditQuery, WorkflowToRunQuery } from '../../gql/graphql';

export const workflowsDocument = graphql(`
  query Workflows($first: Int!, $after: String, $search: String) {
    workflows(first: $first, after: $after, search: $search) {
      edges {
        cursor
        node { id name description updatedAt head { id number createdAt author { id name } steps { key } } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

/** A version with all that it says. */
graphql(`
  fragment WrittenVersion on WorkflowVersion {
    id
    number
    message
    createdAt
    author { id name }
    maxParallel
    deadlineMs
    budgetUsd
    concurrency { maxRuns key maxRunsPerKey }
    inputs { name type required description defaultValue schema sample }
    steps {
      key
      name
      type
      settings
      dependsOn
      timeoutMs
      join
      branches { step outcome }
      onError { action value handler }
      onUnknownOutcome
      inputs { name from value }
      retry { maxAttempts initialDelayMs maxDelayMs }
    }
  }
`);

/** What the editor shows and starts its draft from, read at first and again as saved. */
graphql(`
  fragment EditedWorkflow on Workflow {
    id
    name
    description
    updatedAt
    head { ...WrittenVersion }
  }
`);

export const workflowDocument = graphql(`
  query WorkflowToEdit($id: ID!) {
    workflow(id: $id) {
      ...EditedWorkflow
    }
  }
`);

export type Workflow = WorkflowToEditQuery['workflow'];
export type WorkflowVersion = Workflow['head'];
export type WorkflowStep = WorkflowVersion['steps'][number];
export type WorkflowInput = WorkflowVersion['inputs'][number];

export const workflowRunsDocument = graphql(`
  query WorkflowRuns($workflowId: ID!) {
    executions(first: 20, workflowId: $workflowId) {
      edges {
        cursor
        node { id status createdAt startedAt finishedAt usage { inputTokens outputTokens } startedBy { id name } workflowVersion { id number } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const workflowToRunDocument = graphql(`
  query WorkflowToRun($id: ID!) {
    workflow(id: $id) {
      id
      name
      head {
        id
        number
        promptBranches
        concurrency { maxRuns key maxRunsPerKey }
        inputs { name type required description defaultValue schema sample }
      }
    }
  }
`);

export type WorkflowToRun = WorkflowToRunQuery['workflow'];

export const checkWorkflowInputsDocument = graphql(`
  query CheckWorkflowInputs($input: CheckWorkflowInputsInput!) {
    checkWorkflowInputs(input: $input) { name message }
  }
`);

export const promptOfStepDocument = graphql(`
  query PromptOfStep($id: ID!) {
    prompt(id: $id) {
      id
      name
      path
      labels { name version { id version } }
      branches { id name head { id version } }
      versions(first: 20) { edges { node { id version } } }
      head { ...VersionOfStep }
    }
  }
`);

/** What a step that runs a version of a prompt has to know of it. */
graphql(`
  fragment VersionOfStep on PromptVersion {
    id
    version
    outputSchema
    variables { name required defaultValue }
    settings { model }
  }
`);

export const promptVersionOfStepDocument = graphql(`
  query PromptVersionOfStep($path: String!, $label: String, $version: String, $branch: String) {
    promptVersion(path: $path, label: $label, version: $version, branch: $branch) { ...VersionOfStep }
  }
`);

export const createWorkflowDocument = graphql(`
  mutation CreateWorkflow($input: CreateWorkflowInput!) {
    createWorkflow(input: $input) { id name }
  }
`);

export const updateWorkflowDocument = graphql(`
  mutation UpdateWorkflow($input: UpdateWorkflowInput!) {
    updateWorkflow(input: $input) {
      ...EditedWorkflow
    }
  }
`);

export const executeWorkflowDocument = graphql(`
  mutation ExecuteWorkflow($input: ExecuteWorkflowInput!) {
    executeWorkflow(input: $input) { id }
  }
`);

export const validateWorkflowDocument = graphql(`
  query ValidateWorkflow($input: ValidateWorkflowInput!) {
    validateWorkflow(input: $input) {
      valid
      problems { field message severity }
      scopes { stepKey values { from type sample } }
    }
  }
`);
