import type { ApolloCache, StoreObject } from '@apollo/client';
import { useMutation, useQuery } from '@apollo/client/react';
import { IconTag } from '@tabler/icons-react';
import { problemOf } from '../../../../api/api-errors';
import { usePermissions } from '../../../../api/use-permissions';
import { notifyDone, notifyFailure } from '../../../../ui/notify';
import { notifyUndo } from '../../../../ui/notify-undo';
import {
  protectedLabelsDocument, protectLabelDocument, removeLabelDocument, rollBackLabelDocument, setLabelDocument, unprotectLabelDocument, type Label,
} from './label.operations';

interface NumberedVersion {
  id: string;
  version: string;
}

/** What can be done with the labels of a prompt. Each says what it did, and moves can be undone from there. None rejects. */
export function useLabelActions(promptId: string) {
  const may = usePermissions();
  const [mayWrite, mayProtect] = [may('prompt:write'), may('label:protect')];
  const { data: protection } = useQuery(protectedLabelsDocument);
  const [set, { loading: setting, client }] = useMutation(setLabelDocument);
  const [rollBackLabel, { loading: rollingBack }] = useMutation(rollBackLabelDocument);
  const [removeLabel, { loading: removing }] = useMutation(removeLabelDocument);

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
      notifyUndo(`${name} is back at ${version.version}.`, () => void move(name, left, version));
    });

  const remove = (label: Pick<Label, 'name' | 'version'>) =>
    attempt(async () => {
      const { name, version } = label;
      await removeLabel({ variables: { input: { promptId, name } }, update: (cache) => takeOff(cache, version.id, name) });
      notifyUndo(`Label ${name} removed from ${version.version}.`, () => void move(name, version));
    });

  const move = (name: string, to: NumberedVersion, from?: NumberedVersion): Promise<boolean> =>
    attempt(async () => {
      const { data } = await set({ variables: { input: { promptId, name, versionId: to.id, expectedVersionId: from?.id ?? null } } });
      if (!data) return;
      const undo = () => void (from ? move(name, from, to) : remove({ name, version: { ...data.setPromptLabel.version } }));
      notifyUndo(from ? `${name} moved from ${from.version} to ${to.version}.` : `${name} is at ${to.version} now.`, undo, <IconTag size={16} />);
    });

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
    busy: setting || rollingBack || removing,
    move,
    rollBack,
    remove,
    setProtected,
  };
}

function takeOff(cache: ApolloCache, versionId: string, name: string): void {
  cache.modify<{ labels: readonly StoreObject[] }>({
    id: cache.identify({ __typename: 'PromptVersion', id: versionId }),
    fields: { labels: (labels, { readField }) => labels.filter((label) => readField('name', label) !== name) },
  });
}
