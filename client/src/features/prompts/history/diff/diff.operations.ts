import { graphql } from '../../../../gql';
import type { ContentDiffFragment, VersionBump } from '../../../../gql/graphql';

export type ContentDiff = ContentDiffFragment;
export type MessageDiff = ContentDiff['messages'][number];
export type LineDiff = MessageDiff['lines'][number];
export type ItemDiff = ContentDiff['variables'][number];
export type FieldDiff = ContentDiff['settings'][number];
export type ContractChange = ContentDiff['contract'][number];
export type Change = MessageDiff['change'];
export type Bump = VersionBump;

graphql(`
  fragment ContentDiff on PromptDiff {
    bump identical
    contract { bump message }
    messages {
      id change placeBefore placeAfter roleBefore roleAfter
      lines { change lineBefore lineAfter before { text changed } after { text changed } }
    }
    settings { field change before after }
    variables { name change fields { field change before after } }
    tools { name change fields { field change before after } }
    outputSchema { field change before after }
  }
`);

export const compareVersionsDocument = graphql(`
  query ComparePromptVersions($from: ID!, $to: ID!) {
    comparePromptVersions(fromId: $from, toId: $to) { ...ContentDiff }
  }
`);
