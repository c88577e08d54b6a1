import type { ApolloCache, StoreObject } from '@apollo/client';
import { useMutation, useQuery } from '@apollo/client/react';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { usePermissions } from '../../../../api/use-permissions';
import { notifyDone, notifyFailure } from '../../../../ui/notify';
import { notifyUndo } from '../../../../ui/notify-undo';
import { BrokenByMove } from './broken-by-move';
import {
  previewLabelMoveDocument, protectedLabelsDocument, protectLabelDocument, removeLabelDocument, rollBackLabelDocument, setLabelDocument, unprotectLabelDocument, type Label, type LabelMovePreview,
} from './label.operations';

interface NumberedVersion {
  id: string;
  version: string;
}

/** A move that waits for a decision, since it breaks something. */
interface Doubt {
  preview: LabelMovePreview;
  to: NumberedVersion;
  decide: (goOn: boolean) => void;
}

/** What can be done with the labels of a prompt. Each says what it did, and moves can be undone from there. None rejects. `dialogs` are to be rendered where they stay when a menu or a popover closes. */
export function useLabelActions(promptId: string) {
  const may = usePermissions();
  const [mayWrite, mayProtect] = [may('prompt:write'), may('label:protect')];
  const { data: protection } = useQuery(protectedLabelsDocument);
  const [set, { loading: setting, client }] = useMutation(setLabelDocument);
  const [rollBackLabel, { loading: rollingBack }] = useMutation(rollBackLabelDocument);
  const [removeLabel, { loading: removing }] = useMutation(removeLabelDocument);
  const [looking, setLooking] = useState(false);
  const [doubt, setDoubt] = useState<Doubt | null>(null);

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const { code, message } = problemOf(error);
      notifyFailure(message);
      if (code === 'CONFLICT' || code === 'NOT_FOUND') await client.refetchQueries({ include: 'active' }).catch(() => undefined);
      return false;
    }
  };

  const rollBack = ({ name, version: left }: Pick<Label, 'name' | 'version'>) =>
    attempt(async () => {
      const { data } = await rollBackLabel({ variables: { input: { promptId, name } } });
      if (!data) return;
      const { version } = data.rollBackPromptLabel;
      notifyUndo(`${name} is back at ${version.version}.`, () => void put(name, left, version));
    });

  const remove = (label: Pick<Label, 'name' | 'version'>) =>
    attempt(async () => {
      const { name, version } = label;
      await removeLabel({ variables: { input: { promptId, name } }, update: (cache) => takeOff(cache, version.id, name) });
      notifyUndo(`Label ${name} removed from ${version.version}.`, () => void put(name, version));
    });

  const put = (name: string, to: NumberedVersion, from?: NumberedVersion): Promise<boolean> =>
    attempt(async () => {
      const { data } = await set({ variables: { input: { promptId, name, versionId: to.id, expectedVersionId: from?.id ?? null } } });
      if (!data) return;
      const undo = () => void (from ? put(name, from, to) : remove({ name, version: { ...data.setPromptLabel.version } }));
      notifyUndo(from ? `${name} moved from ${from.version} to ${to.version}.` : `${name} is at ${to.version} now.`, undo, <IconTag size={16} />);
    });

  /** @returns whether the move breaks nothing, or is wanted all the same */
  const isWanted = async (name: string, to: NumberedVersion): Promise<boolean> => {
    setLooking(true);
    const variables = { input: { promptId, name, versionId: to.id } };
    // Where it can't be told, the move itself says why.
    const answer = await client.query({ query: previewLabelMoveDocument, variables, fetchPolicy: 'network-only' }).catch(() => undefined);
    setLooking(false);
    const preview = answer?.data?.previewPromptLabelMove;
    if (!preview || preview.brokenDependents.length + preview.breaks.length === 0) return true;
    return new Promise((resolve) => {
      const decide = (goOn: boolean) => {
        setDoubt(null);
        resolve(goOn);
      };
      setDoubt({ preview, to, decide });
    });
  };

  const move = async (name: string, to: NumberedVersion, from?: NumberedVersion): Promise<boolean> => (await isWanted(name, to)) && put(name, to, from);

  const setProtected = (name: string, on: boolean) =>
    attempt(async () => {
      // Protection is the workspace's: every label of that name on the page has another mark.
      await client.mutate({ mutation: on ? protectLabelDocument : unprotectLabelDocument, variables: { name } });
      await client.refetchQueries({ include: 'active' });
      notifyDone(on ? `Only owners can move ${name} now, on every prompt.` : `Everybody who edits can move ${name} now.`);
    });

  const protectedNames = protection?.protectedPromptLabels ?? [];
  return {
    /** Whether the signed-in person may move labels that are not protected. */
    mayWrite,
    /** And those that are, and say which these are. */
    mayProtect,
    protectedNames,
    /** Whether the signed-in person may move it. */
    mayMove: (name: string) => mayWrite && (mayProtect || !protectedNames.includes(name)),
    busy: looking || setting || rollingBack || removing,
    move,
    rollBack,
    remove,
    setProtected,
    dialogs: <BrokenByMove preview={doubt?.preview ?? null} version={doubt?.to.version ?? ''} onConfirm={() => doubt?.decide(true)} onCancel={() => doubt?.decide(false)} />,
  };
}

function takeOff(cache: ApolloCache, versionId: string, name: string): void {
  cache.modify<{ labels: readonly StoreObject[] }>({
    id: cache.identify({ __typename: 'PromptVersion', id: versionId }),
    fields: { labels: (labels, { readField }) => labels.filter((label) => readField('name', label) !== name) },
  });
}
