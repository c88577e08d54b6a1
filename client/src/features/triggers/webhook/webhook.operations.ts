import { graphql } from '../../../gql';

export const webhookDocument = graphql(`
  query Webhook($id: ID!) {
    trigger(id: $id) {
      id
      name
      active
      type
      revision
      settings
      hasSecret
      previousSecretExpiresAt
      listeningUntil
      mapping { name from value }
      webhook { address steps command secretMissing }
      workflow { id head { id inputs { name type } } }
      deliveries(first: 10) { edges { node { ...ArrivedDelivery } } }
    }
  }
`);

graphql(`
  fragment ArrivedDelivery on Delivery {
    id
    receivedAt
    source
    verdict
    reason
    arrived
    execution { id }
  }
`);

export const arrivalsDocument = graphql(`
  subscription WebhookArrivals($triggerId: ID!) {
    deliveryFeed(triggerId: $triggerId) { ...ArrivedDelivery }
  }
`);

export const rotateTriggerSecretDocument = graphql(`
  mutation RotateTriggerSecret($input: RotateTriggerSecretInput!) {
    rotateTriggerSecret(input: $input) {
      secret
      trigger { id revision hasSecret previousSecretExpiresAt webhook { address steps command secretMissing } }
    }
  }
`);

export const listenDocument = graphql(`
  mutation ListenForTestEvents($triggerId: ID!) {
    listenForTestEvents(triggerId: $triggerId) { id listeningUntil }
  }
`);

export const stopListeningDocument = graphql(`
  mutation StopListeningForTestEvents($triggerId: ID!) {
    stopListeningForTestEvents(triggerId: $triggerId) { id listeningUntil }
  }
`);

export const mapInputDocument = graphql(`
  mutation MapTriggerInput($input: UpdateTriggerInput!) {
    updateTrigger(input: $input) { id revision mapping { name from value } webhook { address steps command secretMissing } }
  }
`);

export const mappedInputsDocument = graphql(`
  query MappedInputs($input: PreviewTriggerInputsInput!) {
    previewTriggerInputs(input: $input) { inputs problems { name message } }
  }
`);
