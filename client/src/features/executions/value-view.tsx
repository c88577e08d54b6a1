import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { saveFile } from '../../ui/save-file';
import classes from './inspector.module.css';

/** Laying out more text than this at once makes a page slow to answer. */
const shownAtOnce = 60_000;

const count = new Intl.NumberFormat('en-US');

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

interface ValueViewProps {
  /** What it is, for the buttons: `output`. */
  what: string;
  /** Without extension. */
  fileName: string;
  value: unknown;
  /** More is still coming: of a long text the end is shown rather than the beginning. */
  growing?: boolean;
  mark?: ReactNode;
}

/** A text or JSON value to read, copy and save. Of a very long one only a part is shown until all of it is asked for. */
export function ValueView({ what, fileName, value, growing = false, mark }: ValueViewProps) {
  const [showAll, setShowAll] = useState(false);
  const text = useMemo(() => textOf(value), [value]);
  const isText = typeof value === 'string';
  const isCut = text.length > shownAtOnce && !showAll;
  const shown = !isCut ? text : growing ? text.slice(-shownAtOnce) : text.slice(0, shownAtOnce);
  const save = () => saveFile(`${fileName}.${isText ? 'txt' : 'json'}`, text, isText ? 'text/plain' : 'application/json');
  const cutNote = isCut && (
    <Group gap="xs" className={classes.cut}>
      <span className="tabular">
        The {growing ? 'last' : 'first'} {count.format(shownAtOnce)} of {count.format(text.length)} characters.
      </span>
      {!growing && (
        <>
          <Button variant="default" size="compact-sm" onClick={() => setShowAll(true)}>Show all</Button>
          <Button variant="default" size="compact-sm" onClick={save}>Download</Button>
        </>
      )}
    </Group>
  );
  return (
    <div>
      <div className={classes.toolbar}>
        <div className={classes.marks}>{mark}</div>
        <CopyButton text={text} label={`Copy the ${what}`} />
        <Tooltip label={`Download the ${what}`}>
          <ActionIcon variant="subtle" color="gray" aria-label={`Download the ${what}`} onClick={save}>
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {growing && cutNote}
      {text === '' ? (
        <p className={classes.nothing}>Empty text</p>
      ) : (
        <pre className={isText ? classes.text : classes.code} tabIndex={isText ? undefined : 0} aria-label={isText ? undefined : `The ${what} as JSON`}>
          {shown}
          {growing && <span className={classes.caret} aria-hidden />}
        </pre>
      )}
      {!growing && cutNote}
    </div>
  );
}
