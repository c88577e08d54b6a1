import { Button, SegmentedControl } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import { IconBraces, IconTool } from '@tabler/icons-react';
import { useCallback, useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from 'react';
import { notifyUndo } from '../../../ui/notify-undo';
import type { CodeEditorHandle } from './code/use-code-editor';
import { MessageList } from './messages/message-list';
import { OutputSchemaCard } from './model/output-schema-card';
import { ToolCard } from './model/tool-card';
import { usePreview } from './preview/use-preview';
import { PromptAside } from './prompt-aside';
import { draftVariables, messagesOf, newTool, textMessageOf, type DraftMessage, type DraftVariable, type PromptDraft, type PromptKind, type VariableType } from './prompt-draft';
import classes from './prompt-editor.module.css';
import { withReferenceProblems } from './references/reference-problems';
import { useIncludedPrompts, type IncludedPrompt } from './references/use-included-prompts';
import { loadTemplateTools } from './template/template-analysis';
import { useTemplateAnalysis } from './template/use-template-analysis';
import { useVariableEdits } from './variables/use-variable-edits';
import { useOutline } from './variables/use-outline';
import { variableRows, withVariable, type VariablePlace, type VariableRow } from './variables/variable-rows';

interface PromptWorkbenchProps {
  /** Absent while the prompt does not exist yet. */
  promptId?: string | undefined;
  kind: PromptKind;
  /** Absent once the prompt exists: its kind is then for good. */
  onKindChange?: ((kind: PromptKind) => void) | undefined;
  draft: PromptDraft;
  /** Absent: for reading only. */
  onChange?: ((change: (draft: PromptDraft) => PromptDraft) => void) | undefined;
  /** Over the text: fields of a new prompt, or what to know of a version. */
  above?: ReactNode;
  rail?: ReactNode;
  ref?: Ref<PromptWorkbenchHandle>;
}

export interface PromptWorkbenchHandle {
  /** Leads to the first place where a text can't be read as a template. @returns whether there is one */
  showFault(): Promise<boolean>;
}

/** The text of a prompt in the middle, with its tools and the form of its answer; its variables, how it turns out and its model beside it. */
export function PromptWorkbench({ promptId, kind, onKindChange, draft, onChange, above, rail, ref }: PromptWorkbenchProps) {
  const editors = useRef(new Map<string, CodeEditorHandle>());
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [addedTool, setAddedTool] = useState<string>();
  const isChat = kind === 'CHAT';
  const shown = useMemo(() => messagesOf(kind, draft), [kind, draft]);
  const parsed = useTemplateAnalysis(shown);
  const included = useIncludedPrompts(parsed);
  const analysis = useMemo(
    () => parsed && withReferenceProblems(parsed, new Map(shown.map(({ key, content }) => [key, content])), included),
    [parsed, shown, included],
  );
  const outline = useOutline(shown);
  const rows = useMemo(() => analysis && variableRows(outline, draft.variables, analysis, included.flatMap(variablesOfIncluded)), [outline, draft.variables, analysis, included]);
  const preview = usePreview({ promptId, kind, draft, values: useKnownValues(values, rows) });
  const { problems } = preview;
  const changeDraft = useCallbackRef(onChange);
  const messagesNow = useCallbackRef(() => shown);
  const edits = useVariableEdits(messagesNow, rows, onChange && changeDraft);
  useImperativeHandle(ref, () => ({
    async showFault() {
      const { parseTemplate } = await loadTemplateTools();
      for (const { key, role, content } of messagesNow()) {
        const [fault] = role === 'PLACEHOLDER' ? [] : parseTemplate(content).problems;
        if (!fault) continue;
        editors.current.get(key)?.select(fault.from, fault.to);
        return true;
      }
      return false;
    },
  }), [messagesNow]);
  const goTo = useCallback(({ messageKey, from, to }: VariablePlace) => editors.current.get(messageKey)?.select(from, to), []);
  const context = useMemo(() => ({
    promptId,
    variables: namesOf(rows, (type) => type !== 'MESSAGES'),
    messageLists: namesOf(rows, (type) => type === 'MESSAGES'),
    onDeclare: (variable: DraftVariable) => changeDraft((current) => (current.variables.some(({ name }) => name === variable.name) ? current : withVariable(current, variable))),
  }), [promptId, rows, changeDraft]);

  const update = (change: Partial<PromptDraft>) => onChange?.((current) => ({ ...current, ...change }));
  const changeMessages = (change: (messages: DraftMessage[]) => DraftMessage[]) => onChange?.((current) => {
    if (isChat) return { ...current, messages: change(current.messages) };
    const text = textMessageOf(current);
    const [changed] = change(text ? [text] : []);
    return { ...current, messages: current.messages.map((message) => (message === text && changed ? changed : message)) };
  });
  const addTool = () => {
    const tool = newTool();
    onChange?.((current) => ({ ...current, tools: [...current.tools, tool] }));
    setAddedTool(tool.key);
  };
  const removeTool = (key: string) => {
    const index = draft.tools.findIndex((tool) => tool.key === key);
    const tool = draft.tools[index];
    if (!tool) return;
    onChange?.((current) => ({ ...current, tools: current.tools.filter((each) => each.key !== key) }));
    notifyUndo(tool.name ? `Tool “${tool.name}” removed.` : 'Tool removed.', () => onChange?.((current) => ({ ...current, tools: current.tools.toSpliced(index, 0, tool) })));
  };
  const removeSchema = () => {
    const schema = draft.outputSchema;
    update({ outputSchema: null });
    notifyUndo('Output schema removed.', () => update({ outputSchema: schema }));
  };

  return (
    <div className={classes.workbench} data-with-rail={rail ? true : undefined}>
      {rail && <div className={classes.railColumn}>{rail}</div>}
      <div className={classes.main}>
        {above}
        {onKindChange && (
          <SegmentedControl
            aria-label="Kind of prompt"
            value={kind}
            onChange={(value) => onKindChange(value === 'CHAT' ? 'CHAT' : 'TEXT')}
            data={[
              { value: 'TEXT', label: 'Text' },
              { value: 'CHAT', label: 'Chat messages' },
            ]}
            className={classes.kind}
          />
        )}
        <MessageList
          messages={shown}
          isChat={isChat}
          onChange={onChange && changeMessages}
          analysis={analysis}
          serverProblems={problems.messages}
          tokens={preview.tokens}
          context={context}
          editors={editors}
          more={
            <>
              <Button variant="default" leftSection={<IconTool size={16} />} onClick={addTool}>Add tool</Button>
              {draft.outputSchema === null && <Button variant="default" leftSection={<IconBraces size={16} />} onClick={() => update({ outputSchema: '' })}>Add output schema</Button>}
            </>
          }
        />
        {draft.tools.map((tool) => (
          <ToolCard
            key={tool.key}
            tool={tool}
            onChange={onChange && ((change) => onChange((current) => ({ ...current, tools: current.tools.map((each) => (each.key === tool.key ? { ...each, ...change } : each)) })))}
            onRemove={() => removeTool(tool.key)}
            errors={problems.tools.get(tool.key) ?? {}}
            autoFocus={addedTool === tool.key}
          />
        ))}
        {draft.outputSchema !== null && (
          <OutputSchemaCard schema={draft.outputSchema} onChange={onChange && ((outputSchema) => update({ outputSchema }))} onRemove={removeSchema} error={problems.outputSchema} />
        )}
      </div>
      <PromptAside
        draft={draft}
        onChange={onChange}
        rows={rows}
        edits={edits}
        included={included}
        preview={preview}
        messages={shown}
        analysis={analysis}
        values={values}
        onValues={setValues}
        onGoTo={goTo}
      />
    </div>
  );
}

const namesOf = (rows: readonly VariableRow[] | undefined, fits: (type: VariableType) => boolean): string[] => rows?.filter(({ variable }) => fits(variable.type)).map(({ variable }) => variable.name) ?? [];

const variablesOfIncluded = ({ target: { path }, version }: IncludedPrompt) => (version ? [{ path, variables: draftVariables(version.variables) }] : []);

/** The values whose variables are still there: the API refuses others. The same object while nothing of it changes. */
function useKnownValues(values: Record<string, unknown>, rows: readonly VariableRow[] | undefined): Record<string, unknown> {
  const names = rows?.map(({ variable }) => variable.name).filter((name) => name in values).join(' ') ?? '';
  return useMemo(() => Object.fromEntries(names.split(' ').filter(Boolean).map((name) => [name, values[name]])), [names, values]);
}
