import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { Notice } from '../../../ui/notice';
import { notifyDone } from '../../../ui/notify';
import { SkeletonRows } from '../../../ui/states';
import { UnsavedChangesGuard } from '../../../ui/unsaved-changes';
import { useSaveKey } from '../../../ui/use-save-key';
import { workflowToRunDocument, type WorkflowInput } from '../../workflows/workflow.operations';
import classes from '../form/form.module.css';
import { draftOf, fieldsOf, readMapping, type TriggerDraft } from '../form/trigger-draft';
import { TriggerForm } from '../form/trigger-form';
import { useDraftProblems } from '../form/use-draft-problems';
import { updateTriggerDocument, type Trigger } from '../trigger.operations';

interface TriggerSettingsProps {
  trigger: Trigger;
  /** @returns as it is now on the server */
  onReload: () => Promise<Trigger | undefined>;
}

export function TriggerSettings({ trigger, onReload }: TriggerSettingsProps) {
  const { data } = useQuery(workflowToRunDocument, { variables: { id: trigger.workflow.id } });
  return data ? <SettingsForm trigger={trigger} inputs={data.workflow.head.inputs} onReload={onReload} /> : <SkeletonRows rows={4} height={88} />;
}

function SettingsForm({ trigger, inputs: ownInputs, onReload }: TriggerSettingsProps & { inputs: readonly WorkflowInput[] }) {
  const mayWrite = usePermissions()('trigger:write');
  const [base, setBase] = useState(() => ({ draft: draftOf(trigger, ownInputs), revision: trigger.revision }));
  const [draft, setDraft] = useState(base.draft);
  const [newer, setNewer] = useState<Trigger>();
  const { problems, general, take, show, forget } = useDraftProblems();
  const [update, { loading }] = useMutation(updateTriggerDocument);
  const { data: chosen } = useQuery(workflowToRunDocument, { variables: { id: draft.workflowId ?? '' }, skip: !draft.workflowId });
  const inputs = chosen?.workflow.head.inputs ?? ownInputs;
  const arrives: Record<string, unknown> = typeof trigger.sample === 'object' && trigger.sample !== null ? { ...trigger.sample } : {};
  const dirty = JSON.stringify(draft) !== JSON.stringify(base.draft);

  const begin = (from: Trigger) => {
    const next = draftOf(from, ownInputs);
    setBase({ draft: next, revision: from.revision });
    setDraft(next);
    setNewer(undefined);
    show({});
  };
  const save = async (revision = base.revision) => {
    if (loading || !mayWrite) return;
    const { mapping, problems: unmapped } = readMapping(draft, inputs, arrives);
    const found = { ...(draft.name.trim() === '' && { name: 'Give it a name, by which you find it again.' }), ...Object.fromEntries(Object.entries(unmapped).map(([name, message]) => [`mapping.${name}`, message])) };
    if (Object.keys(found).length > 0) return show(found);
    const saved: TriggerDraft = draft;
    try {
      const { data } = await update({ variables: { input: { ...fieldsOf(draft, mapping), id: trigger.id, workflowId: draft.workflowId, expectedRevision: revision } } });
      if (!data) return;
      setBase({ draft: saved, revision: data.updateTrigger.revision });
      setNewer(undefined);
      show({});
      notifyDone('Saved. What arrives from now on is launched so.');
    } catch (error) {
      const problem = problemOf(error);
      const now = problem.code === 'CONFLICT' ? await onReload().catch(() => undefined) : undefined;
      if (now) setNewer(now);
      else take(problem, mapping.map(({ name }) => name));
    }
  };
  useSaveKey(() => {
    if (dirty && !newer) void save();
  });
  const change = (part: Partial<TriggerDraft>, place: string) => {
    setDraft((current) => ({ ...current, ...part }));
    forget(place);
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!newer) void save();
      }}
    >
      <UnsavedChangesGuard when={dirty} what={`your changes to “${trigger.name}”`} />
      {newer && (
        <Notice urgent tone="warning" icon={<IconGitBranch size={16} />} title="Somebody saved this trigger meanwhile">
          <p style={{ margin: '4px 0 12px' }}>What you wrote is still here and not saved. Choose which of the two stays.</p>
          <Group gap="xs">
            <Button size="compact-sm" loading={loading} onClick={() => void save(newer.revision)}>Save mine over it</Button>
            <Button size="compact-sm" variant="default" onClick={() => begin(newer)}>Drop mine, take what is saved</Button>
          </Group>
        </Notice>
      )}
      <fieldset disabled={!mayWrite} className={classes.fields}>
        <TriggerForm draft={draft} arrives={arrives} trigger={trigger} problems={problems} general={general} onChange={change} />
      </fieldset>
      {mayWrite && (
        <Group justify="flex-end" gap="xs">
          {dirty && <Button variant="default" disabled={loading} onClick={() => { setDraft(base.draft); show({}); }}>Discard</Button>}
          <Button type="submit" loading={loading} disabled={!dirty || newer !== undefined} title="Ctrl or ⌘ S">Save</Button>
        </Group>
      )}
    </form>
  );
}
