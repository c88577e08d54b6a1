import type { ReactNode } from 'react';
import { formatCount } from '../../../../ui/format';
import { ChangeMark } from './change-mark';
import { BumpMark, ContractChanges } from './contract-changes';
import classes from './diff.module.css';
import type { ContentDiff } from './diff.operations';
import { FieldDiffs, ItemDiffs } from './field-diffs';
import { MessageDiffs } from './message-diffs';

interface DiffViewProps {
  diff: ContentDiff;
  /** Heads of the two sides, where it is not plain what they are. */
  before?: ReactNode;
  after?: ReactNode;
  /** Leave out what the changes mean for callers: it is said elsewhere on the page. */
  withoutContract?: boolean;
  /** Never side by side, for narrow places. */
  unified?: boolean;
}

/** How one content of a prompt became another: part by part, in words. */
export function DiffView({ diff, before, after, withoutContract = false, unified = false }: DiffViewProps) {
  const { messages, variables, settings, tools, outputSchema } = diff;
  const wholeSchema = wholeChange(outputSchema);
  const changed = messages.filter(({ change }) => change !== 'UNCHANGED').length;
  return (
    <div className={classes.diff} data-unified={unified || undefined}>
      {(before || after) && (
        <div className={classes.sides}>
          <div>{before}</div>
          <div>{after}</div>
        </div>
      )}
      {diff.identical ? (
        <p className={classes.none}>Nothing differs: text, variables, settings, tools and output schema are the same.</p>
      ) : (
        <>
          {!withoutContract && (
            <Section title="For whoever uses it" mark={<BumpMark bump={diff.bump} />}>
              <ContractChanges changes={diff.contract} />
            </Section>
          )}
          <Section title={messages.length === 1 ? 'Text' : 'Messages'} mark={messages.length > 1 && <span className={classes.count}>{formatCount(changed, 'change')} in {formatCount(messages.length, 'message')}</span>}>
            {changed === 0 ? <p className={classes.none}>{messages.length === 1 ? 'The text is the same.' : 'All messages are the same.'}</p> : <MessageDiffs messages={messages} />}
          </Section>
          {variables.length > 0 && <Section title="Variables"><ItemDiffs section="variables" items={variables} /></Section>}
          {settings.length > 0 && <Section title="Model settings"><FieldDiffs section="settings" fields={settings} /></Section>}
          {tools.length > 0 && <Section title="Tools"><ItemDiffs section="tools" items={tools} /></Section>}
          {outputSchema.length > 0 && (
            <Section title="Output schema" mark={wholeSchema && <ChangeMark change={wholeSchema} quiet />}>
              <FieldDiffs section="outputSchema" fields={outputSchema} isPart={!!wholeSchema} />
            </Section>
          )}
        </>
      )}
    </div>
  );
}

/** A schema that came or went as a whole has a type, or fields, of which nothing was there before or is there now. */
function wholeChange(fields: ContentDiff['outputSchema']): 'ADDED' | 'REMOVED' | undefined {
  return (['ADDED', 'REMOVED'] as const).find((change) => fields.some(({ field }) => field === 'type') && fields.every((field) => field.change === change));
}

function Section({ title, mark, children }: { title: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{title}{mark}</h3>
      {children}
    </section>
  );
}
