import { graphql } from '../../../../gql';
import type { MergeSide, PreviewPromptMergeQuery } from '../../../../gql/graphql';

export type MergePreview = PreviewPromptMergeQuery['previewPromptMerge'];
export type Conflict = MergePreview['conflicts'][number];
export type Side = MergeSide;

export const previewMergeDocument = graphql(`
  query PreviewPromptMerge($input: PreviewPromptMergeInput!) {
    previewPromptMerge(input: $input) {
      version raised { bump version } unresolved
      base { ...VersionFacts messages { id role content } }
      ours { ...VersionFacts messages { id role content } }
      theirs { ...VersionFacts messages { id role content } }
      conflicts { id kind target base ours theirs leading trailing }
      breaks { ...BrokenStep }
      content { ...DraftContent }
      diff { ...ContentDiff }
    }
  }
`);

export const mergeBranchDocument = graphql(`
  mutation MergePromptBranch($input: MergePromptBranchInput!) {
    mergePromptBranch(input: $input) { ...VersionRow ...VersionContent }
  }
`);
