import { graphql } from '../../gql';

export const apiKeysDocument = graphql(`
  query ApiKeys($after: String) {
    apiKeys(first: 50, after: $after) {
      edges { cursor node { id name prefix createdAt expiresAt lastUsedAt revokedAt } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const createApiKeyDocument = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      apiKey { id name prefix createdAt expiresAt lastUsedAt revokedAt }
      secret
    }
  }
`);

export const revokeApiKeyDocument = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) { id revokedAt }
  }
`);
