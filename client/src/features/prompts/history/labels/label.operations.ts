import { graphql } from '../../../../gql';
import type { LabelFactsFragment, LabelMoveFragment, PreviewPromptLabelMoveQuery, PromptLabelMovesQuery } from '../../../../gql/graphql';

export type Label = LabelFactsFragment;
export type LabelMove = LabelMoveFragment;
export type LabelMovePreview = PreviewPromptLabelMoveQuery['previewPromptLabelMove'];
export type LabelMoves = PromptLabelMovesQuery['prompt']['labels'][number]['moves'];

graphql(`
  fragment LabelFacts on PromptLabel {
    name protected movedAt
    movedBy { id name }
    version { id version message }
  }
`);

/** The labels of a prompt and of the versions that a move touches, so that every list that shows them follows. */
graphql(`
  fragment MovedLabels on Prompt {
    id
    labels { ...LabelFacts }
  }
`);

graphql(`
  fragment LabelMove on PromptLabelMove {
    id label at originalMover
    by { id name }
    from { id version labels { name protected } }
    to { id version labels { name protected } }
  }
`);

export const labelMovesDocument = graphql(`
  query PromptLabelMoves($id: ID!) {
    prompt(id: $id) {
      id
      labels { name rollsBackTo { id version } moves(first: 10) { edges { cursor node { ...LabelMove } } pageInfo { hasNextPage endCursor } } }
    }
  }
`);

export const protectedLabelsDocument = graphql(`
  query ProtectedPromptLabels {
    protectedPromptLabels
  }
`);

export const previewLabelMoveDocument = graphql(`
  query PreviewPromptLabelMove($input: PreviewPromptLabelMoveInput!) {
    previewPromptLabelMove(input: $input) {
      label
      brokenDependents { problem dependent { version { id version } prompt { id path } } }
      breaks { ...BrokenStep }
    }
  }
`);

export const setLabelDocument = graphql(`
  mutation SetPromptLabel($input: SetPromptLabelInput!) {
    setPromptLabel(input: $input) {
      ...LabelFacts
      rollsBackTo { id version }
      version { id prompt { ...MovedLabels } }
      moves(first: 1) { edges { cursor node { ...LabelMove } } pageInfo { hasNextPage endCursor } }
    }
  }
`);

export const rollBackLabelDocument = graphql(`
  mutation RollBackPromptLabel($input: RollBackPromptLabelInput!) {
    rollBackPromptLabel(input: $input) {
      ...LabelFacts
      rollsBackTo { id version }
      version { id prompt { ...MovedLabels } }
      moves(first: 1) { edges { cursor node { ...LabelMove } } pageInfo { hasNextPage endCursor } }
    }
  }
`);

export const removeLabelDocument = graphql(`
  mutation RemovePromptLabel($input: RemovePromptLabelInput!) {
    removePromptLabel(input: $input) { ...MovedLabels }
  }
`);

export const protectLabelDocument = graphql(`
  mutation ProtectPromptLabel($name: String!) {
    protectPromptLabel(name: $name)
  }
`);

export const unprotectLabelDocument = graphql(`
  mutation UnprotectPromptLabel($name: String!) {
    unprotectPromptLabel(name: $name)
  }
`);

export const labelMovedDocument = graphql(`
  subscription PromptLabelMoved($promptId: ID!) {
    promptLabelMoved(promptId: $promptId) { ...LabelMove prompt { ...MovedLabels } }
  }
`);
