import { graphql } from '../../../../gql';
import type { CommitPreviewFragment } from '../../../../gql/graphql';

export type CommitPreview = CommitPreviewFragment;
export type BrokenStep = CommitPreview['breaks'][number];
export type Dependent = CommitPreview['dependents'][number];

graphql(`
  fragment BrokenStep on BrokenWorkflowStep {
    stepKey stepName problem workflow { id name }
  }
`);

graphql(`
  fragment CommitPreview on PromptCommitPreview {
    changed bump version raised { bump version }
    head { ...VersionFacts }
    contract { bump message }
    breaks { ...BrokenStep }
    dependents { reference { path label version branch } version { id version } prompt { id name path } }
    diff { ...ContentDiff }
  }
`);

export const previewCommitDocument = graphql(`
  query PreviewPromptCommit($input: PreviewPromptCommitInput!) {
    previewPromptCommit(input: $input) { ...CommitPreview }
  }
`);

export const commitVersionDocument = graphql(`
  mutation CommitPromptVersion($input: CommitPromptVersionInput!) {
    commitPromptVersion(input: $input) { ...VersionRow ...VersionContent }
  }
`);
