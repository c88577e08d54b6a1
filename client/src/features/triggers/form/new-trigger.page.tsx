import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { PageHeader } from '../../../ui/page-header';
import { UnsavedChangesGuard } from '../../../ui/unsaved-changes';
import { useSaveKey } from '../../../ui/use-save-key';
import { workflowToRunDocument } from '../../workflows/workflow.operations';
import { triggerTypeIn } from '../list/trigger-filter';
import { createTriggerDocument } from '../trigger.operations';
import classes from './form.module.css';
import { fieldsOf, newDraft, readMapping, type TriggerDraft } from './trigger-draft';
import { TriggerForm } from './trigger-form';
import { TypeCards } from './type-cards';
import { triggerFormTypeOf, triggerFormTypes } from './types/registry';
import { useDraftProblems } from './use-draft-problems';

const crumbs = [{ label: 'Triggers', to: '/triggers' }];

export default function NewTriggerPage() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [draft, setDraft] = useState(() => {
    const type = triggerFormTypeOf(triggerTypeIn(params.get('type')) ?? 'MANUAL') ?? triggerFormTypes[0];
    return newDraft(type?.type ?? 'MANUAL', type?.empty() ?? {}, params.get('workflow'));
  });
  const [touched, setTouched] = useState(false);
  const [created, setCreated] = useState<{ id: string; secret: string | null | undefined }>();
  const { problems, general, take, show, forget } = useDraftProblems();
  const [create, { loading }] = useMutation(createTriggerDocument, { update: (cache) => cache.evict({ fieldName: 'triggers' }) });
  const arrives = triggerFormTypeOf(draft.type)?.sample(draft.settings) ?? {};

  // The guard has to know first that nothing is unsaved any more.
  useEffect(() => {
    if (created) void navigate(`/triggers/${created.id}`, { replace: true, state: { secret: created.secret } });
  }, [created, navigate]);

  const change = (part: Partial<TriggerDraft>, place: string) => {
    setDraft((current) => ({ ...current, ...part }));
    setTouched(true);
    forget(place);
  };
  const choose = (type: TriggerDraft['type']) => change({ type, settings: triggerFormTypeOf(type)?.empty() ?? {}, mapping: {} }, 'settings');

  const save = async () => {
    if (loading || created) return;
    const { workflowId } = draft;
    const missing = { ...(draft.name.trim() === '' && { name: 'Give it a name, by which you find it again.' }), ...(!workflowId && { workflowId: 'Choose what it launches.' }) };
    if (!workflowId) return show(missing);
    try {
      const { data: chosen } = await client.query({ query: workflowToRunDocument, variables: { id: workflowId } });
      const { mapping, problems: unmapped } = readMapping(draft, chosen?.workflow.head.inputs ?? [], arrives);
      const found = { ...missing, ...Object.fromEntries(Object.entries(unmapped).map(([name, message]) => [`mapping.${name}`, message])) };
      if (Object.keys(found).length > 0) return show(found);
      const { data } = await create({ variables: { input: { ...fieldsOf(draft, mapping), workflowId, type: draft.type, active: true } } }).catch((error: unknown) => {
        take(problemOf(error), mapping.map(({ name }) => name));
        return { data: undefined };
      });
      if (data) setCreated({ id: data.createTrigger.trigger.id, secret: data.createTrigger.secret });
    } catch (error) {
      take(problemOf(error), []);
    }
  };
  useSaveKey(() => void save());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <>
      <PageHeader title="New trigger" crumbs={crumbs} />
      <UnsavedChangesGuard when={touched && !created} what="the new trigger" />
      <form className={classes.form} onSubmit={submit} noValidate>
        <TypeCards value={draft.type} onChange={choose} />
        <TriggerForm draft={draft} arrives={arrives} problems={problems} general={general} onChange={change} />
        <Group justify="flex-end" gap="xs">
          <Button component={Link} to="/triggers" variant="default">Cancel</Button>
          <Button type="submit" loading={loading} title="Ctrl or ⌘ S">Create trigger</Button>
        </Group>
      </form>
    </>
  );
}
