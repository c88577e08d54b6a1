import { Select, Switch } from '@mantine/core';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { ApprovalFormField } from './approval-form-field';
import { approvalSettings } from './approval.rules';
import { namesOf, TemplateField } from './code-fields';
import { DurationField } from './duration-field';
import { NamedValues } from './named-values';
import { TemplateInput } from './template-input';

const approverChoices = [
  { value: 'EDITOR', label: 'Owners and editors' },
  { value: 'OWNER', label: 'Owners only' },
];

const deadlineChoices = [
  { value: 'FAIL', label: 'The step fails' },
  { value: 'APPROVE', label: 'It counts as approved' },
  { value: 'REJECT', label: 'It counts as rejected' },
];

/** What a person is asked, and what becomes of it when nobody answers. */
export function ApprovalFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const at = `steps.${step.id}`;
  const { title, instructions, approvers, fields } = approvalSettings(step.settings);
  const set = (field: string, changes: Record<string, unknown>) => change((draft) => changeSettings(draft, step.id, changes), `${at}.${field}`);
  return (
    <>
      <NamedValues step={step} hint="The question and the instructions can use them, as {{ name }}." />
      <TemplateInput anchor={`${at}.title`} label="Question" placeholder="Publish this answer?" names={namesOf(step)} value={title} onChange={(next) => set('title', { title: next })} />
      <div>
        <h3 className={classes.cardTitle}>Instructions</h3>
        <TemplateField
          anchor={`${at}.instructions`}
          label={`Instructions of ${step.name.trim() || 'the step'}`}
          value={instructions}
          example="What whoever decides should know, such as {{ answer }}"
          names={namesOf(step)}
          onChange={(next) => set('instructions', { instructions: next || undefined })}
        />
      </div>
      <ApprovalFormField anchor={`${at}.fields`} schema={fields} onChange={(next) => set('fields', { fields: next })} />
      <div className={classes.columns}>
        <Select
          label="Who may decide"
          description="And whoever they give the link to."
          data={approverChoices}
          allowDeselect={false}
          value={approvers}
          onChange={(next) => next && set('approvers', { approvers: next === 'EDITOR' ? undefined : next })}
        />
      </div>
      <Deadline step={step} />
      <p className={classes.below}>
        Later steps can run for one of the outcomes only, <code>approved</code> or <code>rejected</code>: choose that there under “More”. Where none does, a rejection fails this step.
      </p>
    </>
  );
}

function Deadline({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.deadline`;
  const { error } = useField(anchor);
  const { deadlineMs, onDeadline } = approvalSettings(step.settings);
  const set = (changes: Record<string, unknown>) => change((draft) => changeSettings(draft, step.id, changes), anchor);
  return (
    <div>
      <Switch
        label="It has a deadline"
        checked={deadlineMs !== undefined}
        onChange={({ currentTarget: { checked } }) => set(checked ? { deadlineMs: 86_400_000 } : { deadlineMs: undefined, onDeadline: undefined })}
      />
      {deadlineMs !== undefined && (
        <div className={`${classes.belowSwitch} ${classes.columns}`}>
          <DurationField anchor={anchor} label="How long it waits for a decision" ms={deadlineMs} onChange={(next) => set({ deadlineMs: next })} />
          <Select
            aria-label="When nobody has decided by then"
            data={deadlineChoices}
            allowDeselect={false}
            value={onDeadline}
            aria-invalid={error ? true : undefined}
            onChange={(next) => next && set({ onDeadline: next === 'FAIL' ? undefined : next })}
          />
        </div>
      )}
    </div>
  );
}
