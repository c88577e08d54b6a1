import { Button, FileButton, Stack, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState, type ClipboardEvent, type DragEvent } from 'react';
import { FormAlert } from '../../../../ui/form-alert';
import { readImportDocument, type ImportDocument } from './import-document';
import classes from './transfer.module.css';

const largestFileBytes = 50_000_000;

/** Takes a document to import from a file, by choosing or dropping it, or from what is pasted. */
export function DocumentChooser({ onChosen }: { onChosen: (document: ImportDocument, name: string) => void }) {
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  const read = (text: string, name: string) => {
    try {
      onChosen(readImportDocument(text), name);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const readFile = async (file: File | null) => {
    if (!file) return;
    setProblem(null);
    if (file.size > largestFileBytes) return setProblem('This file is larger than 50 MB. Export fewer prompts at once.');
    read(await file.text(), file.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void readFile(event.dataTransfer.files[0] ?? null);
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (pasted || !text) return;
    event.preventDefault();
    setPasted(text);
    setProblem(null);
    read(text, 'what was pasted');
  };
  return (
    <Stack>
      <FormAlert>{problem}</FormAlert>
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileImport size={24} aria-hidden />
        <span>Drop a JSON file here, or</span>
        <FileButton accept="application/json,.json" onChange={(file) => void readFile(file)}>
          {(props) => <Button {...props} variant="default" size="xs" data-autofocus>Choose a file</Button>}
        </FileButton>
      </div>
      <Textarea
        label="Or paste it"
        placeholder={'{ "format": "promptpilot.prompts", … }'}
        classNames={{ input: classes.pasted }}
        rows={4}
        spellCheck={false}
        value={pasted.length > 20_000 ? `${pasted.slice(0, 20_000)}…` : pasted}
        onChange={({ currentTarget: { value } }) => {
          setPasted(value);
          setProblem(null);
        }}
        onPaste={paste}
      />
      <p className={classes.formats}>An export of PromptPilot Pro with the whole history, what Langfuse’s prompts API answers, or bodies of OpenAI’s chat completions and responses. Which one it is, is recognised.</p>
      {pasted && <Button variant="default" className={classes.readPasted} onClick={() => read(pasted, 'what was pasted')}>Read it</Button>}
    </Stack>
  );
}
