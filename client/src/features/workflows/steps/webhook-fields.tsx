import { ActionIcon, Button, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { changeSettings, type DraftStep } from '../draft';
import { fieldId, focusField, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { ExpressionField, namesOf, TemplateField } from './code-fields';
import { secretsAmong } from '../value-parts';
import { NamedValues } from './named-values';
import { TemplateInput } from './template-input';
import { bodyTypes, webhookSettings, type BodyType } from './webhook.rules';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The request that is made, and what becomes of the answer. */
export function WebhookFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}`;
  const method = useField(`${anchor}.method`);
  const names = useNames(step);
  const settings = webhookSettings(step.settings);
  const set = (field: string, changes: Record<string, unknown>) => change((draft) => changeSettings(draft, step.id, changes), `${anchor}.${field}`);
  return (
    <>
      <NamedValues step={step} hint="The address, headers and body can use them as {{ name }}, and secrets of the workspace as {{ secrets.NAME }}." />
      <div className={classes.request}>
        <Select {...method} label="Method" data={methods} value={settings.method} allowDeselect={false} onChange={(next) => next && set('method', { method: next, ...(next === 'GET' && { body: undefined }) })} />
        <TemplateInput anchor={`${anchor}.url`} label="Address" placeholder="https://example.com/orders/{{ id }}" names={names} value={settings.url} onChange={(url) => set('url', { url })} />
      </div>
      <Headers step={step} />
      {settings.method !== 'GET' && <Body step={step} />}
      <Answer step={step} />
    </>
  );
}

/** What the address, headers and the body can use: the step's values, and secrets of the workspace. */
function useNames(step: DraftStep): string[] {
  const { valuesFor } = useEditor();
  return [...namesOf(step), ...secretsAmong(valuesFor(step.key.trim())).map((name) => `secrets.${name}`)];
}

function Headers({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.headers`;
  const names = useNames(step);
  const { headers } = webhookSettings(step.settings);
  const set = (next: typeof headers, at: string) => change((draft) => changeSettings(draft, step.id, { headers: next.length > 0 ? next : undefined }), at);
  const add = () => {
    set([...headers, { name: '', value: '' }], anchor);
    requestAnimationFrame(() => focusField(`${anchor}.${headers.length}.name`));
  };
  return (
    <div role="group" aria-label="Headers" id={fieldId(anchor)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>Headers</h3>
      {headers.map((header, index) => (
        <div key={index} className={classes.row} data-removable>
          <HeaderName anchor={`${anchor}.${index}.name`} value={header.name} onChange={(name) => set(headers.with(index, { ...header, name }), `${anchor}.${index}.name`)} />
          <TemplateInput
            anchor={`${anchor}.${index}.value`}
            label={`Value of ${header.name.trim() || 'the header'}`}
            hideLabel
            placeholder="Bearer {{ secrets.API_TOKEN }}"
            names={names}
            value={header.value}
            onChange={(value) => set(headers.with(index, { ...header, value }), `${anchor}.${index}.value`)}
          />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove the header ${header.name || 'without a name'}`} title="Remove" onClick={() => set(headers.toSpliced(index, 1), anchor)}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>Add header</Button>
      <p className={classes.below}>The content type of the body and a key that keeps a repeated call from having its effect twice are sent in any case.</p>
    </div>
  );
}

function HeaderName({ anchor, value, onChange }: { anchor: string; value: string; onChange: (name: string) => void }) {
  const field = useField(anchor);
  return <TextInput {...field} aria-label="Name of the header" placeholder="Authorization" maxLength={100} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
}

const bodies: { value: BodyType | 'NONE'; label: string }[] = [
  { value: 'NONE', label: 'No body' },
  { value: 'JSON', label: 'JSON' },
  { value: 'TEXT', label: 'Text' },
  { value: 'FORM', label: 'Form' },
];

const bodyExamples: Record<BodyType, string> = { JSON: '{ "text": {{ text | json }} }', TEXT: '{{ text }}', FORM: 'text={{ text | url_encode }}' };

function Body({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.body`;
  const names = useNames(step);
  const { body } = webhookSettings(step.settings);
  const set = (next: typeof body) => change((draft) => changeSettings(draft, step.id, { body: next }), anchor);
  const choose = (value: string) => {
    const type = bodyTypes.find((each) => each === value);
    set(type && { type, template: body?.template ?? '' });
  };
  return (
    <div role="group" aria-label="Body">
      <h3 className={classes.cardTitle}>Body</h3>
      <SegmentedControl aria-label="What is sent" size="xs" mb={body ? 8 : 0} data={bodies} value={body?.type ?? 'NONE'} onChange={choose} />
      {body && (
        <TemplateField
          anchor={anchor}
          label={`Body that ${step.name.trim() || 'the step'} sends`}
          value={body.template}
          example={bodyExamples[body.type]}
          names={names}
          hint={body.type === 'JSON' ? <>Pass values through the filter <code>json</code>, which puts texts in quotes: <code>{'{{ text | json }}'}</code>.</> : undefined}
          onChange={(template) => set({ ...body, template })}
        />
      )}
    </div>
  );
}

function Answer({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.response`;
  const status = useField(`steps.${step.id}.successStatus`);
  const { response, successStatus } = webhookSettings(step.settings);
  const set = (changes: Record<string, unknown>, at = anchor) => change((draft) => changeSettings(draft, step.id, changes), at);
  return (
    <div role="group" aria-label="Answer">
      <h3 className={classes.cardTitle}>Answer</h3>
      <SegmentedControl
        aria-label="What the output is"
        size="xs"
        mb={8}
        data={[{ value: 'whole', label: 'All of it' }, { value: 'part', label: 'A part of it' }]}
        value={response ? 'part' : 'whole'}
        onChange={(way) => set({ response: way === 'part' ? { expression: '' } : undefined })}
      />
      {response ? (
        <ExpressionField
          anchor={anchor}
          label={`What ${step.name.trim() || 'the step'} takes from the answer`}
          value={response.expression}
          example="body.order.id"
          names={['status', 'headers', 'body']}
          lines={1}
          hint={<>JSONata over <code>status</code>, <code>headers</code> and <code>body</code>.</>}
          onChange={(expression) => set({ response: { expression } })}
        />
      ) : (
        <p className={classes.below}>The output is <code>{'{ status, headers, body }'}</code>.</p>
      )}
      <TagsInput
        {...status}
        mt={16}
        maw={320}
        label="Counts as success"
        description="Status codes. Others fail the step; some are tried again."
        placeholder={successStatus?.length ? undefined : '200 to 299'}
        value={(successStatus ?? []).map(String)}
        onChange={(codes) => set({ successStatus: codes.length > 0 ? codes.map(Number) : undefined }, `steps.${step.id}.successStatus`)}
      />
    </div>
  );
}
