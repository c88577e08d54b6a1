import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { ModelSettings } from './model/model-settings';
import { PreviewPanel } from './preview/preview-panel';
import type { Preview } from './preview/use-preview';
import type { DraftMessage, PromptDraft } from './prompt-draft';
import classes from './prompt-editor.module.css';
import { ReferenceList } from './references/reference-list';
import type { IncludedPrompt } from './references/use-included-prompts';
import type { DraftAnalysis } from './template/use-template-analysis';
import { VariablePanel, type VariableEdits } from './variables/variable-panel';
import { withVariable, type VariablePlace, type VariableRow } from './variables/variable-rows';

interface PromptAsideProps {
  draft: PromptDraft;
  /** Absent: for reading only. */
  onChange: ((change: (draft: PromptDraft) => PromptDraft) => void) | undefined;
  rows: readonly VariableRow[] | undefined;
  edits: VariableEdits | undefined;
  included: readonly IncludedPrompt[];
  preview: Preview;
  messages: readonly DraftMessage[];
  analysis: DraftAnalysis | undefined;
  /** What it is tried with instead of the samples, by name. */
  values: Record<string, unknown>;
  onValues: (values: Record<string, unknown>) => void;
  onGoTo: (place: VariablePlace) => void;
}

const panels = [
  { value: 'variables', label: 'Variables' },
  { value: 'preview', label: 'Preview' },
  { value: 'model', label: 'Model' },
];

/** Beside the text: what it asks for, how it turns out, and which model answers. Which of them is open stands in the address. */
export function PromptAside({ draft, onChange, rows, edits, included, preview, messages, analysis, values, onValues, onGoTo }: PromptAsideProps) {
  const [params, setParams] = useSearchParams();
  const panel = panels.find(({ value }) => value === params.get('panel'))?.value ?? 'variables';
  const open = (value: string | null) => setParams((current) => {
    const next = new URLSearchParams(current);
    if (value && value !== 'variables') next.set('panel', value);
    else next.delete('panel');
    return next;
  }, { replace: true, preventScrollReset: true });
  const keepAsSamples = () => {
    onChange?.((current) => (rows ?? []).reduce((next, { variable }) => {
      const value = values[variable.name];
      return value === undefined ? next : withVariable(next, { ...variable, sample: value });
    }, current));
    onValues({});
  };
  return (
    <aside className={classes.aside} aria-label="Variables, preview and model">
      <Tabs value={panel} onChange={open} keepMounted={false} className={classes.sticky} classNames={{ list: classes.tabList, tab: classes.tab, panel: classes.tabPanel }}>
        <Tabs.List grow>
          {panels.map(({ value, label }) => <Tabs.Tab key={value} value={value}>{label}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="variables">
          <VariablePanel rows={rows} edits={edits} errors={preview.problems.variables} onGoTo={onGoTo} />
          {included.length > 0 && (
            <section className={classes.asideSection}>
              <h2 className={classes.heading}>Included prompts</h2>
              <ReferenceList included={included} />
            </section>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="preview">
          <PreviewPanel rows={rows ?? []} preview={preview} messageProblems={messageProblems(messages, analysis, preview)} values={values} onValues={onValues} onKeepAsSamples={onChange && keepAsSamples} />
        </Tabs.Panel>
        <Tabs.Panel value="model">
          <ModelSettings
            settings={draft.settings}
            onChange={onChange && ((change) => onChange((current) => ({ ...current, settings: { ...current.settings, ...change } })))}
            errors={preview.problems.settings}
          />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

/** What keeps messages from being shown, in the words that stand under them too. */
function messageProblems(messages: readonly DraftMessage[], analysis: DraftAnalysis | undefined, { problems }: Preview): string[] {
  return messages.flatMap(({ key }, index) => {
    const said = problems.messages.get(key);
    if (!said) return [];
    const found = analysis?.get(key)?.problems[0];
    const words = found ? `Line ${found.line}, column ${found.column}: ${found.message}` : said.join(' ');
    return [messages.length > 1 ? `Message ${index + 1}: ${words}` : words];
  });
}
