import { graphql } from '../../../gql';

export const secretsDocument = graphql(`
  query Secrets {
    secrets { id name fingerprint createdAt updatedAt createdBy { id name } }
  }
`);

export const createSecretDocument = graphql(`
  mutation CreateSecret($input: CreateSecretInput!) {
    createSecret(input: $input) { id name }
  }
`);

export const setSecretDocument = graphql(`
  mutation SetSecret($input: SetSecretInput!) {
    setSecret(input: $input) { id name fingerprint updatedAt }
  }
`);

export const deleteSecretDocument = graphql(`
  mutation DeleteSecret($id: ID!) {
    deleteSecret(id: $id) { id }
  }
`);
