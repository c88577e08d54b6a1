import { graphql } from '../../../gql';

export const budgetsDocument = graphql(`
  query Budgets {
    budgets { ...ListedBudget }
    workflows(first: 100) {
      edges { node { id name } }
    }
  }

  fragment ListedBudget on Budget {
    id
    period
    limitUsd
    spentUsd
    reservedUsd
    leftUsd
    resetsAt
    workflow { id name }
  }
`);

export const setBudgetDocument = graphql(`
  mutation SetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) { ...ListedBudget }
  }
`);

export const removeBudgetDocument = graphql(`
  mutation RemoveBudget($id: ID!) {
    removeBudget(id: $id) { id }
  }
`);
