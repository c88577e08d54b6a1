import { graphql } from '../../gql';

export const findAnythingDocument = graphql(`
  query FindAnything($search: String) {
    prompts(first: 6, search: $search) {
      edges { node { id name path } }
    }
    workflows(first: 6, search: $search) {
      edges { node { id name } }
    }
  }
`);
