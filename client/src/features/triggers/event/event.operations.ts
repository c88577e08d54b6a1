import { graphql } from '../../../gql';

export const productEventsDocument = graphql(`
  query ProductEvents {
    productEvents { type sample }
  }
`);
