import { graphql } from '../../gql';

export const cancelRunDocument = graphql(`
  mutation CancelRun($id: ID!) {
    cancelExecution(id: $id) { id status }
  }
`);

export const pauseRunDocument = graphql(`
  mutation PauseRun($id: ID!) {
    pauseExecution(id: $id) { id status }
  }
`);

export const resumeRunDocument = graphql(`
  mutation ResumeRun($id: ID!) {
    resumeExecution(id: $id) { id status }
  }
`);
