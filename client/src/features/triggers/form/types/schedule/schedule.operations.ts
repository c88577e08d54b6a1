import { graphql } from '../../../../../gql';

export const previewScheduleDocument = graphql(`
  query PreviewSchedule($input: PreviewScheduleInput!) {
    previewSchedule(input: $input) {
      description
      times { dueAt localTime offset note clockChange { at description } }
    }
  }
`);
