import { graphql } from '../../../gql';

export const retentionDocument = graphql(`
  query Retention {
    retention { days runs deliveryDays }
  }
`);

export const updateRetentionDocument = graphql(`
  mutation UpdateRetention($input: UpdateRetentionInput!) {
    updateRetention(input: $input) { days runs }
  }
`);

export const setDeliveryDaysDocument = graphql(`
  mutation SetDeliveryDays($days: Int!) {
    setDeliveryDays(days: $days)
  }
`);
