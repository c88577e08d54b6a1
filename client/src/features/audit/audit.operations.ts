import { graphql } from '../../gql';

graphql(`
  fragment AuditRow on AuditEntry {
    id
    at
    actorType
    actorId
    actorName
    action
    subjectType
    subjectId
    subjectName
    outcome
    code
    before
    after
    address
    userAgent
    requestId
    executionId
    deliveryId
  }
`);

export const auditLogDocument = graphql(`
  query AuditLog($first: Int!, $after: String, $filter: AuditFilterInput) {
    auditLog(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...AuditRow } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const auditEntryDocument = graphql(`
  query AuditEntry($id: ID!) {
    auditEntry(id: $id) { ...AuditRow }
  }
`);
