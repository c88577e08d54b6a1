import { SegmentedControl } from '@mantine/core';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor } from '../editor-context';
import { InlinePromptFields } from './inline-prompt-fields';
import { LibraryPromptFields } from './library-prompt-fields';
import { promptSettings } from './prompt.rules';

/** What a step asks which model, and what the variables of it are filled with. */
export function PromptFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const isInline = promptSettings(step.settings).inline !== undefined;
  const choose = (way: string) =>
    change((draft) =>
      changeSettings(draft, step.id, way === 'inline' ? { inline: { messages: [{ role: 'USER', content: '' }] }, promptId: undefined, at: undefined } : { inline: undefined }),
    );
  return (
    <>
      <SegmentedControl
        aria-label="Where the prompt is"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        data={[{ value: 'library', label: 'From the library' }, { value: 'inline', label: 'Written here' }]}
        value={isInline ? 'inline' : 'library'}
        onChange={choose}
      />
      {isInline ? <InlinePromptFields step={step} /> : <LibraryPromptFields step={step} />}
    </>
  );
}
