import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { notifyFailure } from './notify';

interface CopyButtonProps {
  /** A function where making the text costs something. */
  text: string | (() => string);
  /** What is copied: `Copy key`. */
  label: string;
  /** Shows the label; else only the icon. */
  withLabel?: boolean;
}

export function CopyButton({ text, label, withLabel = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
    } catch {
      notifyFailure('The browser did not allow copying. Select the text and copy it by hand.');
    }
  };
  const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />;
  if (withLabel) {
    return (
      <Button variant="default" leftSection={icon} onClick={() => void copy()} aria-live="polite">
        {copied ? 'Copied' : label}
      </Button>
    );
  }
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon variant="subtle" color="gray" onClick={() => void copy()} aria-label={copied ? 'Copied' : label} aria-live="polite">
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
