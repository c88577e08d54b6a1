import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useSession } from '../../../../api/use-session';
import { notifyUndo } from '../../../../ui/notify-undo';
import { discardPromptDraftDocument, promptDraftDocument, savePromptDraftDocument } from '../editor.operations';
import { contentOf, draftOf, type PromptDraft, type PromptVersion } from '../prompt-draft';
import type { SavingState } from './draft-saver';
import { DraftSession, type DraftApi } from './draft-session';
import { leavingContext } from './leaving-context';
import { useKeptWhenLeaving } from './use-kept-when-leaving';

export interface EditedDraft {
  draft: PromptDraft;
  /** The version that it was written on top of. */
  base: PromptVersion;
  /** The newest version of the branch, as far as it is known. */
  head: PromptVersion;
  /** Whether it differs from its base. */
  dirty: boolean;
  saving: SavingState;
  change: (change: (draft: PromptDraft) => PromptDraft) => void;
  /** Tells of a version that is the branch's newest now. A draft without changes follows it. */
  headIs: (head: PromptVersion) => void;
  /** Goes on with the draft on top of another version, or with other content. */
  startFrom: (base: PromptVersion, draft?: PromptDraft) => void;
  /** After a commit of `sent`: ends the draft, but for what was written since then. */
  committed: (version: PromptVersion, sent: PromptDraft) => void;
  /** Goes back to the newest version; can be undone from a notification. */
  discard: () => void;
  /** Of a draft that another device has saved meanwhile: takes that one, or replaces it. */
  useTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
  /** Saves now. */
  flush: () => Promise<void>;
}

/** What the signed-in person has written on a branch of a prompt. It is kept on the server as it changes. `edited` is undefined while it is loaded. */
export function usePromptDraft(promptId: string, branch: string): { edited: EditedDraft | undefined; error: unknown; reload: () => Promise<void> } {
  const client = useApolloClient();
  const viewerId = useSession().viewer?.id ?? '';
  const session = useMemo(() => sessionOf(client, viewerId, promptId, branch), [client, viewerId, promptId, branch]);
  const { written, head, dirty, saving, error } = useSyncExternalStore(session.subscribe, session.current);
  useLoadedWhenSeen(session);
  useKeptWhenLeaving(session);

  const edited = useMemo(() => written && head && {
    ...written,
    head,
    dirty,
    saving,
    change: (change: (draft: PromptDraft) => PromptDraft) => session.change(change),
    headIs: (version: PromptVersion) => session.headIs(version),
    startFrom: (base: PromptVersion, draft?: PromptDraft) => session.startFrom(base, draft),
    committed: (version: PromptVersion, sent: PromptDraft) => session.committed(version, sent),
    discard: () => notifyUndo('Draft discarded.', session.discard()),
    useTheirs: () => session.useTheirs(),
    keepMine: () => session.keepMine(),
    flush: () => session.flush(),
  }, [session, written, head, dirty, saving]);
  return { edited, error, reload: () => session.load() };
}

/** When it is opened, and when the page is looked at again: another device may have saved something since. */
function useLoadedWhenSeen(session: DraftSession): void {
  useEffect(() => {
    void session.load();
    const onVisibility = () => {
      if (document.visibilityState === 'visible') void session.load();
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [session]);
}

// A page that is left and entered again goes on with the same session, so that what was not saved yet is not overtaken by what was loaded.
const sessions = new Map<string, DraftSession>();

function sessionOf(client: ApolloClient, viewerId: string, promptId: string, branch: string): DraftSession {
  const key = [viewerId, promptId, branch].join(' ');
  const session = sessions.get(key) ?? new DraftSession(draftApi(client, promptId, branch));
  sessions.set(key, session);
  return session;
}

function draftApi(client: ApolloClient, promptId: string, branch: string): DraftApi {
  return {
    async load() {
      const { data } = await client.query({ query: promptDraftDocument, variables: { id: promptId, branch }, fetchPolicy: 'no-cache' });
      if (!data?.prompt.branch) throw new Error(`There is no branch ${branch}.`);
      const { draft, branch: { head } } = data.prompt;
      return { head, kept: draft && { draft: draftOf(draft.content), base: draft.baseVersion ?? head, revision: draft.revision, updatedAt: draft.updatedAt } };
    },
    async save({ draft, base }, expectedRevision, leaving) {
      const { data } = await client.mutate({
        mutation: savePromptDraftDocument,
        variables: { input: { promptId, branch, baseVersionId: base.id, content: contentOf(draft), expectedRevision: expectedRevision ?? null } },
        context: leavingContext(leaving),
      });
      if (!data) throw new Error('The server did not say that the draft is saved.');
      return data.savePromptDraft;
    },
    async discard(leaving) {
      await client.mutate({ mutation: discardPromptDraftDocument, variables: { input: { promptId, branch } }, context: leavingContext(leaving) });
    },
  };
}
