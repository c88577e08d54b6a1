import { graphql } from '../../../gql';

graphql(`
  fragment FinishedRun on PromptRun {
    id status model simulated output structured outputProblems finishReason firstTokenMs durationMs cost createdAt
    usage { inputTokens outputTokens }
    error { code message }
    toolCalls { id name arguments problems }
    version { id version }
  }
`);

export const promptRunEventsDocument = graphql(`
  subscription PromptRunEvents($input: RunPromptInput!) {
    promptRunEvents(input: $input) {
      type text
      toolCall { id name arguments problems }
      run { ...FinishedRun }
    }
  }
`);

export const promptRunsDocument = graphql(`
  query PromptRuns($promptId: ID!, $versionId: ID, $after: String) {
    promptRuns(promptId: $promptId, versionId: $versionId, first: 20, after: $after) {
      edges { cursor node { ...FinishedRun values messages { role content tokens } runBy { id name } } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

/** What can be run beside the draft: the newest versions of all branches. */
export const playgroundVersionsDocument = graphql(`
  query PlaygroundVersions($id: ID!) {
    prompt(id: $id) {
      id
      versions(first: 100) {
        edges {
          cursor
          node {
            id version message branch
            settings { model }
            variables { name type description required defaultValue sample allowedValues }
          }
        }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export const playgroundModelsDocument = graphql(`
  query PlaygroundModels {
    models { id name provider simulated }
  }
`);
