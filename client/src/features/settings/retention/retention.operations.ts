import { graphql } from '../../../gql';

export const retentionDocument = graphql(`
  query Retention {
    retention { days runs }
  }
`);

export const updateRetentionDocument = graphql(`
  mutation UpdateRetention($input: UpdateRetentionInput!) {
    updateRetention(input: $input) { days runs }
  }
`);
