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
  }
`);
