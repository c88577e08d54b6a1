import { graphql } from '../../gql';

export const homeDocument = graphql(`
  query Home {
    prompts(first: 5) {
      edges { node { id name updatedAt head { id version } } }
    }
    workflows(first: 5) {
      edges { node { id name updatedAt head { id number } } }
    }
    executions(first: 6) {
      edges { node { id status createdAt durationMs workflow { id name } } }
    }
    approvals: executions(first: 5, filter: { waitingFor: APPROVAL }) {
      edges { node { id workflow { id name } steps { key name startedAt waitingFor { reason approval { title } } } } }
    }
    alarms: triggers(first: 5, filter: { state: ALARM }) {
      edges { node { id name alarm alarmSince } }
    }
    deadLetters: deliveries(first: 5, filter: { state: DEAD }) {
      edges { node { id receivedAt launchError trigger { id name } } }
    }
    held: executions(first: 5, filter: { waitingFor: UNKNOWN_OUTCOME }) {
      edges { node { id workflow { id name } steps { key name startedAt waitingFor { reason approval { title } } } } }
    }
  }
`);
