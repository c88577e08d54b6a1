import { graphql } from '../../../gql';

export const previewWorkflowDocument = graphql(`
  mutation PreviewWorkflow($input: PreviewWorkflowInput!) {
    previewWorkflow(input: $input) {
      id
      findings { field message }
      steps { key }
    }
  }
`);

export const cancelPreviewDocument = graphql(`
  mutation CancelWorkflowPreview($id: ID!) {
    cancelWorkflowPreview(id: $id) { id }
  }
`);

export const previewEventsDocument = graphql(`
  subscription WorkflowPreviewEvents($previewId: ID!, $after: Int!) {
    workflowPreviewEvents(previewId: $previewId, after: $after) { seq type stepKey attempt at payload executionId }
  }
`);
