import { graphql } from '../../../gql';

export const decideApprovalDocument = graphql(`
  mutation DecideApproval($input: DecideApprovalInput!) {
    decideApproval(input: $input) { id status }
  }
`);

export const resolveUnknownOutcomeDocument = graphql(`
  mutation ResolveUnknownOutcome($input: ResolveUnknownOutcomeInput!) {
    resolveUnknownOutcome(input: $input) { id status }
  }
`);

export const linkedApprovalDocument = graphql(`
  query LinkedApproval($token: String!) {
    approval(token: $token) { status workflow title instructions fields until decision { outcome by at } }
  }
`);

export const decideByLinkDocument = graphql(`
  mutation DecideApprovalByLink($input: DecideApprovalByLinkInput!) {
    decideApprovalByLink(input: $input) { status workflow decision { outcome by at } }
  }
`);
