import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { formatCount } from '../../../../ui/format';
import { Notice } from '../../../../ui/notice';
import { Consequences } from '../commit/consequences';
import { InlineCode } from '../diff/inline-code';
import type { LabelMovePreview } from './label.operations';
import classes from './labels.module.css';

interface BrokenByMoveProps {
  /** What would break; null: closed. */
  preview: LabelMovePreview | null;
  /** The number of the version that the label would move to. */
  version: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before a label moves to a version that those who get it by the label can't use as they do now. */
export function BrokenByMove({ preview, version, onConfirm, onCancel }: BrokenByMoveProps) {
  return (
    <ConfirmDialog
      opened={preview !== null}
      title={`${preview?.label ?? ''} at ${version} breaks what uses it`}
      confirmLabel="Move anyway"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {preview && <Broken preview={preview} />}
    </ConfirmDialog>
  );
}

function Broken({ preview: { brokenDependents, breaks } }: { preview: LabelMovePreview }) {
  return (
    <div className={classes.broken}>
      {brokenDependents.length > 0 && (
        <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title={`Breaks ${formatCount(brokenDependents.length, 'prompt')}: whoever calls ${brokenDependents.length === 1 ? 'it' : 'them'} as before is refused`}>
          <ul className={classes.brokenList}>
            {brokenDependents.map(({ dependent: { prompt, version }, problem }) => (
              <li key={version.id}>
                <Anchor component={Link} to={`/prompts/${prompt.id}`} target="_blank" inherit>{prompt.path}</Anchor> {version.version}: <InlineCode>{problem}</InlineCode>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Consequences breaks={breaks} />
    </div>
  );
}
