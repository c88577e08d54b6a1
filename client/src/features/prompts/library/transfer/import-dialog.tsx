import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../../../../ui/format';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { FolderSelect } from '../folders/folder-select';
import type { FolderTree } from '../folders/folder-tree';
import { DocumentChooser } from './document-chooser';
import type { ImportDocument, ImportFormat } from './import-document';
import { ImportResult } from './import-result';
import classes from './transfer.module.css';
import { useImport } from './use-import';

const formatName: Record<ImportFormat, string> = { PROMPTPILOT: 'An export of PromptPilot Pro', LANGFUSE: 'A Langfuse export', OPENAI: 'OpenAI prompt objects' };
const shownNames = 8;

interface ImportDialogProps {
  tree: FolderTree;
  /** Where imported prompts go, unless something else is chosen. */
  folderId: string | null;
  onClose: () => void;
}

/** Brings prompts in from a document: choose it, see what is in it, import, see what became of it. */
export function ImportDialog({ tree, folderId: initialFolderId, onClose }: ImportDialogProps) {
  useFocusBack();
  const [chosen, setChosen] = useState<{ document: ImportDocument; name: string }>();
  const [folderId, setFolderId] = useState(initialFolderId);
  const { progress, run, stop } = useImport();
  const running = progress?.state === 'running';
  return (
    <Modal opened onClose={onClose} title="Import prompts" size="lg" closeOnClickOutside={!running} closeOnEscape={!running} withCloseButton={!running}>
      {!chosen ? (
        <DocumentChooser onChosen={(document, name) => setChosen({ document, name })} />
      ) : !progress ? (
        <Stack>
          <ChosenDocument {...chosen} />
          <FolderSelect
            tree={tree}
            label="Into the folder"
            description={chosen.document.format === 'PROMPTPILOT' ? 'Folders that the document names are made within it' : undefined}
            none="No folder"
            value={folderId}
            onChange={setFolderId}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setChosen(undefined)}>Choose another</Button>
            <Button onClick={() => void run(chosen.document.parts, folderId)} data-autofocus>Import</Button>
          </Group>
        </Stack>
      ) : running ? (
        <Stack>
          <Text aria-live="polite">{progress.done} of {progress.of} done</Text>
          <Progress value={(progress.done / progress.of) * 100} aria-label="Import" transitionDuration={100} />
          <Group justify="flex-end"><Button variant="default" onClick={stop}>Stop after this one</Button></Group>
        </Stack>
      ) : (
        <Stack>
          <ImportResult progress={progress} onLeave={onClose} />
          <Group justify="flex-end"><Button onClick={onClose}>Done</Button></Group>
        </Stack>
      )}
    </Modal>
  );
}

function ChosenDocument({ document: { format, parts }, name }: { document: ImportDocument; name: string }) {
  const names = parts.flatMap((part) => part.names);
  const more = names.length - shownNames;
  return (
    <div>
      <Text>
        {formatName[format]} with <strong>{formatCount(names.length, 'prompt')}</strong>, from {name}:
      </Text>
      <ul className={classes.names}>
        {names.slice(0, shownNames).map((each, index) => <li key={index}>{each}</li>)}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </div>
  );
}
