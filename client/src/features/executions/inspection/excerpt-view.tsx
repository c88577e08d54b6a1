import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { formatCount } from '../../../ui/format';
import { notifyFailure } from '../../../ui/notify';
import { saveFile } from '../../../ui/save-file';
import inspector from '../inspector.module.css';
import type { Excerpt } from '../run.queries';
import { ValueView } from '../value-view';

interface ExcerptViewProps {
  excerpt: Excerpt;
  /** What it is, for the buttons: `output`. */
  what: string;
  /** Without extension. */
  fileName: string;
  /** Reads all of it from the server. */
  readWhole: () => Promise<unknown>;
  mark?: ReactNode;
}

/** A value to read, of which the page was given only the beginning if it is very long. */
export function ExcerptView({ excerpt: { value, beginning, isText, length }, what, fileName, readWhole, mark }: ExcerptViewProps) {
  const [loading, setLoading] = useState(false);
  if (typeof beginning !== 'string') return <ValueView what={what} fileName={fileName} value={value ?? null} mark={mark} />;

  const download = async () => {
    setLoading(true);
    try {
      const whole = await readWhole();
      if (typeof whole === 'string') saveFile(`${fileName}.txt`, whole);
      else saveFile(`${fileName}.json`, JSON.stringify(whole, null, 2), 'application/json');
    } catch {
      notifyFailure(`The ${what} could not be read from the server. Try again in a moment.`);
    } finally {
      setLoading(false);
    }
  };
  return (
    <div>
      {mark && <div className={inspector.marks}>{mark}</div>}
      <Group gap="xs" className={inspector.cut}>
        <span className="tabular">This is how it begins: {formatCount(beginning.length, 'character')} of {formatCount(length, 'character')}.</span>
        <Button variant="default" size="compact-sm" loading={loading} onClick={() => void download()}>Download all</Button>
      </Group>
      <pre className={isText ? inspector.text : inspector.code} tabIndex={isText ? undefined : 0} aria-label={isText ? undefined : `The beginning of the ${what} as JSON`}>{beginning}</pre>
    </div>
  );
}
