import { graphql } from '../../gql';

export const apiKeysDocument = graphql(`
  query ApiKeys($after: String) {
    apiKeys(first: 50, after: $after) {
      edges { cursor node { id name prefix createdAt expiresAt lastUsedAt revokedAt triggerIds } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const createApiKeyDocument = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      apiKey { id name prefix createdAt expiresAt lastUsedAt revokedAt triggerIds }
      secret
    }
  }
`);

export const triggerNamesDocument = graphql(`
  query TriggerNames {
    triggers(first: 100) { edges { node { id name workflow { id name } } } }
  }
`);

export const revokeApiKeyDocument = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) { id revokedAt }
  }
`);
