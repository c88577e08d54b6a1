import { graphql } from '../../gql';
import type { ListedTriggerFragment, TriggerToEditQuery } from '../../gql/graphql';

graphql(`
  fragment EditedTrigger on Trigger {
    id
    name
    type
    state
    settings
    mapping { name from value }
    branch
    promptLabel
    overlap
    maxRuns
    ratePerMinute
    active
    nextDueAt
    lastFiredAt
    alarmSince
    alarm
    listeningUntil
    hasSecret
    previousSecretExpiresAt
    revision
    sample
    createdAt
    updatedAt
    createdBy { id name }
    workflow { id name }
  }
`);

graphql(`
  fragment ListedTrigger on Trigger {
    id
    name
    type
    state
    active
    settings
    alarm
    nextDueAt
    lastFiredAt
    deadDeliveries
    lastDelivery { id verdict state receivedAt }
    workflow { id name }
  }
`);

export type TriggerRow = ListedTriggerFragment;

export const triggersDocument = graphql(`
  query Triggers($first: Int!, $after: String, $filter: TriggerFilter) {
    triggers(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...ListedTrigger } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const triggerDocument = graphql(`
  query TriggerToEdit($id: ID!) {
    trigger(id: $id) { ...EditedTrigger deadDeliveries }
  }
`);

export type Trigger = TriggerToEditQuery['trigger'];

export const workflowChoicesDocument = graphql(`
  query TriggerWorkflowChoices {
    workflows(first: 100) {
      edges { cursor node { id name } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const createTriggerDocument = graphql(`
  mutation CreateTrigger($input: CreateTriggerInput!) {
    createTrigger(input: $input) { secret trigger { ...EditedTrigger } }
  }
`);

export const updateTriggerDocument = graphql(`
  mutation UpdateTrigger($input: UpdateTriggerInput!) {
    updateTrigger(input: $input) { ...EditedTrigger }
  }
`);

export const pauseTriggerDocument = graphql(`
  mutation PauseTrigger($id: ID!) {
    pauseTrigger(id: $id) { ...ListedTrigger revision alarmSince }
  }
`);

export const resumeTriggerDocument = graphql(`
  mutation ResumeTrigger($id: ID!) {
    resumeTrigger(id: $id) { ...ListedTrigger revision alarmSince }
  }
`);

export const deleteTriggerDocument = graphql(`
  mutation DeleteTrigger($id: ID!) {
    deleteTrigger(id: $id) { id }
  }
`);

export const fireTriggerDocument = graphql(`
  mutation FireTrigger($input: FireTriggerInput!) {
    fireTrigger(input: $input) { delivery { ...ListedDelivery } execution { id } }
  }
`);

export const previewInputsDocument = graphql(`
  query PreviewTriggerInputs($input: PreviewTriggerInputsInput!) {
    previewTriggerInputs(input: $input) { inputs problems { name message } }
  }
`);
