import { graphql } from '../../../gql';

export const providersDocument = graphql(`
  query Providers {
    providerCredentials { ...ProviderFacts }
    models { id name provider simulated }
  }
  fragment ProviderFacts on ProviderCredential {
    id name slug provider baseUrl fingerprint status models requestsPerMinute tokensPerMinute createdAt lastUsedAt rotatedAt
    lastTest { ok message at }
  }
`);

export const createProviderDocument = graphql(`
  mutation CreateProvider($input: CreateProviderCredentialInput!) {
    createProviderCredential(input: $input) { ...ProviderFacts }
  }
`);

export const updateProviderDocument = graphql(`
  mutation UpdateProvider($input: UpdateProviderCredentialInput!) {
    updateProviderCredential(input: $input) { ...ProviderFacts }
  }
`);

export const rotateProviderDocument = graphql(`
  mutation RotateProvider($input: RotateProviderCredentialInput!) {
    rotateProviderCredential(input: $input) { ...ProviderFacts }
  }
`);

export const testProviderDocument = graphql(`
  mutation TestProvider($id: ID!, $model: String) {
    testProviderCredential(id: $id, model: $model) { ok message at }
  }
`);

export const revokeProviderDocument = graphql(`
  mutation RevokeProvider($id: ID!) {
    revokeProviderCredential(id: $id) { ...ProviderFacts }
  }
`);

export const availableModelsDocument = graphql(`
  query AvailableModels($id: ID!) {
    availableModels(credentialId: $id) { names problem }
  }
`);
