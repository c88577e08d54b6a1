import { useQuery } from '@apollo/client/react';
import { Select, Skeleton, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormAlert } from '../../../ui/form-alert';
import { workflowToRunDocument } from '../../workflows/workflow.operations';
import { workflowChoicesDocument, type Trigger } from '../trigger.operations';
import classes from './form.module.css';
import { LaunchFields } from './launch-fields';
import { MappingEditor } from './mapping-editor';
import type { TriggerDraft } from './trigger-draft';
import { triggerFormTypeOf } from './types/registry';
import type { DraftProblems } from './use-draft-problems';

interface TriggerFormProps {
  draft: TriggerDraft;
  /** An example of what arrives. */
  arrives: Readonly<Record<string, unknown>>;
  trigger?: Trigger | undefined;
  problems: DraftProblems;
  general: ReactNode;
  /** @param place what is changed, as problems name it */
  onChange: (part: Partial<TriggerDraft>, place: string) => void;
}

/** All that a trigger says, but for its type. */
export function TriggerForm({ draft, arrives, trigger, problems, general, onChange }: TriggerFormProps) {
  const Form = triggerFormTypeOf(draft.type)?.Form;
  const workflow = useQuery(workflowToRunDocument, { variables: { id: draft.workflowId ?? '' }, skip: !draft.workflowId }).data?.workflow;
  const choices = useQuery(workflowChoicesDocument).data?.workflows.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? [];
  const known = workflow && !choices.some(({ value }) => value === workflow.id) ? [...choices, { value: workflow.id, label: workflow.name }] : choices;
  return (
    <>
      <FormAlert>{general}</FormAlert>
      <Section title="What it is">
        <div className={classes.columns}>
          <TextInput label="Name" placeholder="Orders of the shop" maxLength={100} required value={draft.name} error={problems['name']} onChange={({ currentTarget: { value } }) => onChange({ name: value }, 'name')} />
          <Select
            label="Workflow"
            placeholder="What it launches"
            required
            searchable
            allowDeselect={false}
            nothingFoundMessage="No such workflow"
            data={known}
            value={draft.workflowId}
            error={problems['workflowId']}
            onChange={(workflowId) => onChange({ workflowId }, 'workflowId')}
          />
        </div>
      </Section>
      {Form && (
        <Section title="What launches it">
          <Form value={draft.settings} trigger={trigger} errors={settingErrors(problems)} onChange={(settings) => onChange({ settings }, 'settings')} />
        </Section>
      )}
      <Section title="What its runs are given">
        {!draft.workflowId ? (
          <p className={classes.hint}>Choose a workflow first: its inputs are mapped here.</p>
        ) : !workflow ? (
          <Skeleton height={96} />
        ) : (
          <MappingEditor
            draft={draft}
            inputs={workflow.head.inputs}
            arrives={arrives}
            problems={problems}
            onChange={(input, mapped) => onChange({ mapping: { ...draft.mapping, [input]: mapped } }, `mapping.${input}`)}
          />
        )}
      </Section>
      <Section title="How its runs are launched">
        <LaunchFields draft={draft} branches={workflow?.head.promptBranches ?? []} problems={problems} onChange={(part) => onChange(part, Object.keys(part)[0] ?? '')} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{title}</h2>
      {children}
    </section>
  );
}

const settingErrors = (problems: DraftProblems): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).flatMap(([at, message]) => (at.startsWith('settings.') ? [[at.slice('settings.'.length), message]] : [])));
