import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { discardPromptDraftDocument, newPromptDraftDocument, savePromptDraftDocument } from '../editor.operations';
import { contentOf, draftOf, emptyDraft, type PromptDraft, type PromptKind } from '../prompt-draft';
import { DraftSaver, type DraftKeeper, type SavingState } from './draft-saver';
import { leavingContext } from './leaving-context';
import { useKeptWhenLeaving } from './use-kept-when-leaving';

/** A prompt that does not exist yet. */
export interface NewPromptContent {
  name: string;
  description: string;
  kind: PromptKind;
  draft: PromptDraft;
}

export interface NewPromptDraft {
  content: NewPromptContent;
  /** Whether anything was written. */
  dirty: boolean;
  saving: SavingState;
  change: (change: (content: NewPromptContent) => NewPromptContent) => void;
  /** @returns brings it back */
  discard: () => () => void;
  /** After it was created: nothing of it is kept as a draft. */
  created: () => Promise<void>;
  useTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
}

const blank = (): NewPromptContent => ({ name: '', description: '', kind: 'TEXT', draft: emptyDraft('') });

const hasText = ({ name, description, draft }: NewPromptContent): boolean =>
  name.trim() !== '' || description.trim() !== '' || draft.tools.length > 0 || draft.outputSchema !== null || draft.messages.some(({ content }) => content.trim() !== '');

/** What the signed-in person has written of a new prompt. It is kept on the server as it changes. Undefined while it is loaded. */
export function useNewPromptDraft(): { edited: NewPromptDraft | undefined; error: unknown } {
  const client = useApolloClient();
  const [content, setContent] = useState<NewPromptContent>();
  const [saving, setSaving] = useState<SavingState>({ status: 'none' });
  const [error, setError] = useState<unknown>();
  const latest = useRef(content);
  const saver = useMemo(() => new DraftSaver<NewPromptContent>(keeperOf(client), setSaving), [client]);

  const show = (next: NewPromptContent) => {
    latest.current = next;
    setContent(next);
  };
  const write = (next: NewPromptContent) => {
    show(next);
    saver.write(hasText(next) ? next : null);
  };
  const begin = async () => {
    const kept = await loadNewPrompt(client);
    show(kept?.content ?? blank());
    saver.begin(kept);
  };

  useEffect(() => {
    let left = false;
    loadNewPrompt(client).then((kept) => {
      if (left || latest.current) return;
      latest.current = kept?.content ?? blank();
      setContent(latest.current);
      saver.begin(kept);
    }).catch((failure: unknown) => setError(failure));
    return () => {
      left = true;
    };
  }, [client, saver]);
  useKeptWhenLeaving(saver);

  return {
    error,
    edited: content && {
      content,
      dirty: hasText(content),
      saving,
      change: (change) => write(change(latest.current ?? content)),
      discard: () => {
        write(blank());
        return () => write(content);
      },
      created: async () => {
        saver.write(null);
        await saver.flush();
      },
      useTheirs: begin,
      keepMine: () => saver.keepMine(hasText(content) ? content : null),
    },
  };
}

async function loadNewPrompt(client: ApolloClient) {
  const { data } = await client.query({ query: newPromptDraftDocument, fetchPolicy: 'no-cache' });
  const kept = data?.newPromptDraft;
  if (!kept) return null;
  const { name, description, kind, revision, updatedAt } = kept;
  return { revision, updatedAt, content: { name, description, kind, draft: draftOf(kept.content) } };
}

function keeperOf(client: ApolloClient): DraftKeeper<NewPromptContent> {
  return {
    async save({ name, description, kind, draft }, expectedRevision, leaving) {
      const { data } = await client.mutate({
        mutation: savePromptDraftDocument,
        variables: { input: { name, description, kind, content: contentOf(draft), expectedRevision: expectedRevision ?? null } },
        context: leavingContext(leaving),
      });
      if (!data) throw new Error('The server did not say that the draft is saved.');
      return data.savePromptDraft;
    },
    async discard(leaving) {
      await client.mutate({ mutation: discardPromptDraftDocument, variables: { input: {} }, context: leavingContext(leaving) });
    },
  };
}
