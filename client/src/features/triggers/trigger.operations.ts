import { graphql } from '../../gql';

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
