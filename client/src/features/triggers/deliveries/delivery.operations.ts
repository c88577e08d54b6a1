import { graphql } from '../../../gql';
import type { DeliveryQuery, ListedDeliveryFragment } from '../../../gql/graphql';

graphql(`
  fragment ListedDelivery on Delivery {
    id
    receivedAt
    source
    dueAt
    verdict
    reason
    state
    attempts
    testFire
    execution { id status }
  }
`);

export type DeliveryRow = ListedDeliveryFragment;

export const deliveriesDocument = graphql(`
  query Deliveries($first: Int!, $after: String, $filter: DeliveryFilter) {
    deliveries(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...ListedDelivery } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const deliveryDocument = graphql(`
  query Delivery($id: ID!) {
    delivery(id: $id) {
      ...ListedDelivery
      retryAt
      launchError
      headers
      body
      bodyBytes
      duplicateOfId
      redeliveryOfId
      trigger { id type mapping { name from value } workflow { id } }
    }
  }
`);

export type Delivery = DeliveryQuery['delivery'];

export const deliveryFeedDocument = graphql(`
  subscription DeliveryFeed($triggerId: ID!) {
    deliveryFeed(triggerId: $triggerId) { ...ListedDelivery trigger { id state active lastFiredAt nextDueAt alarm alarmSince deadDeliveries } }
  }
`);

export const redeliverDocument = graphql(`
  mutation Redeliver($deliveryId: ID!) {
    redeliver(deliveryId: $deliveryId) { delivery { ...ListedDelivery } execution { id } }
  }
`);
