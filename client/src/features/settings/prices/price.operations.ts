import { graphql } from '../../../gql';

export const modelPricesDocument = graphql(`
  query ModelPrices {
    modelPrices { ...ListedPrice }
  }

  fragment ListedPrice on ModelPrice {
    model
    prices { input output cachedInput }
    long { above input output cachedInput }
    source
    sourceUrl
    asOf
    custom
    available
  }
`);

export const setModelPriceDocument = graphql(`
  mutation SetModelPrice($input: SetModelPriceInput!) {
    setModelPrice(input: $input) { ...ListedPrice }
  }
`);

export const resetModelPriceDocument = graphql(`
  mutation ResetModelPrice($model: String!) {
    resetModelPrice(model: $model) { ...ListedPrice }
  }
`);
