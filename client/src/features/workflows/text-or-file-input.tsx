import { Button, FileButton, Group, Input, Textarea } from '@mantine/core';
import { IconFileText, IconFileUpload } from '@tabler/icons-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import classes from './text-or-file-input.module.css';

/** A text area with more than this in it is slow to type in. */
const editableUpTo = 50_000;
/** In characters: what the server takes. */
const longest = 1_000_000;

const count = new Intl.NumberFormat('en-US');

interface TextOrFileInputProps {
  id: string;
  label: string;
  description?: ReactNode;
  withAsterisk?: boolean;
  error?: ReactNode;
  text: string;
  onChange: (text: string) => void;
  'data-autofocus'?: boolean;
}

/** A long text, written, or read from a file that is chosen or dropped here. */
export function TextOrFileInput({ id, label, description, withAsterisk, error, text, onChange, ...others }: TextOrFileInputProps) {
  const [fileName, setFileName] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const read = await readTextFile(file);
    setRefusal(read.refusal ?? null);
    if (read.refusal !== undefined) return;
    setFileName(file.name);
    onChange(read.text);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const clear = () => {
    setFileName(null);
    onChange('');
  };
  const long = text.length > editableUpTo;
  const problem = refusal ?? error;
  return (
    <div
      className={classes.field}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Input.Wrapper id={id} label={label} description={description} withAsterisk={withAsterisk} error={problem}>
        {long ? (
          <div className={classes.preview} id={id} tabIndex={-1}>
            <Group gap="xs" justify="space-between">
              <span className={classes.fileName}><IconFileText size={16} aria-hidden /> {fileName ?? 'Text'}</span>
              <Button variant="default" size="compact-sm" onClick={clear}>Remove</Button>
            </Group>
            <p className={classes.excerpt}>{text.slice(0, 300)}…</p>
          </div>
        ) : (
          <Textarea
            id={id}
            autosize
            mt={description ? 6 : 0}
            minRows={5}
            maxRows={14}
            value={text}
            error={!!problem}
            onChange={({ currentTarget: { value } }) => {
              setFileName(null);
              setRefusal(null);
              onChange(value);
            }}
            {...others}
          />
        )}
      </Input.Wrapper>
      <Group gap="xs" mt={8} className={classes.below}>
        <FileButton accept="text/*,.md,.markdown,.csv,.json,.log,.yaml,.yml,.xml,.html" onChange={(file) => void take(file)}>
          {(props) => <Button {...props} variant="default" size="compact-sm" leftSection={<IconFileUpload size={14} />}>Choose a text file</Button>}
        </FileButton>
        <span className="tabular">
          {text === '' ? 'or drop one here' : `${count.format(text.length)} characters${fileName && !long ? ` from ${fileName}` : ''}`}
        </span>
      </Group>
    </div>
  );
}

async function readTextFile(file: File): Promise<{ text: string; refusal?: undefined } | { refusal: string }> {
  // A character takes four bytes at most.
  if (file.size > 4 * longest) return { refusal: tooLong(file.name) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.length > longest) return { refusal: tooLong(file.name) };
    return text.includes('\0') ? { refusal: notText(file.name) } : { text };
  } catch {
    return { refusal: notText(file.name) };
  }
}

const tooLong = (name: string) => `${name} is longer than ${count.format(longest)} characters. Choose a shorter file, or a part of it.`;

const notText = (name: string) => `${name} is not a text file in UTF-8. Save it as plain text and choose it again.`;
