import { useSubscription } from '@apollo/client/react';
import { labelMovedDocument } from './label.operations';

/** Labels that somebody else moves are followed at once: what comes carries the prompt's labels and those of both versions, and so every list that shows them. */
export function useMovedLabels(promptId: string): void {
  useSubscription(labelMovedDocument, { variables: { promptId }, ignoreResults: true });
}
