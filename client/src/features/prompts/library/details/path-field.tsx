import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { formProblem } from '../../../../api/api-errors';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { CopyButton } from '../../../../ui/copy-button';
import { notifyDone } from '../../../../ui/notify';
import { brokenUsesOf, type BrokenUses } from './broken-uses';
import { BrokenUsesList } from './broken-uses-list';
import classes from './details.module.css';
import { useUpdatePrompt } from './use-update-prompt';

/** The name by which callers find a prompt. It changes only when that is asked for by itself, since callers are not asked. */
export function PathField({ promptId, path, readOnly }: { promptId: string; path: string; readOnly: boolean }) {
  const [typed, setTyped] = useState(path);
  const [known, setKnown] = useState(path);
  const [error, setError] = useState<string>();
  const [broken, setBroken] = useState<BrokenUses>();
  const input = useRef<HTMLInputElement>(null);
  const { save, busy } = useUpdatePrompt(promptId);
  if (known !== path) {
    setKnown(path);
    setTyped(path);
  }
  const isChanged = typed.trim() !== path;

  const change = async (acceptBroken: boolean) => {
    setError(undefined);
    try {
      await save({ path: typed.trim(), acceptBroken });
      setBroken(undefined);
      notifyDone(`The path is ${typed.trim()} now.`);
    } catch (failure) {
      const uses = brokenUsesOf(failure);
      setBroken(uses);
      if (uses) return;
      const { fieldErrors, general } = formProblem(failure, ['path']);
      setError(fieldErrors['path'] ?? general ?? undefined);
      input.current?.focus();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void change(false);
      }}
    >
      <TextInput
        ref={input}
        label="Path"
        description="Callers and other prompts find it by this"
        classNames={{ input: classes.path }}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        maxLength={120}
        value={typed}
        error={error}
        // The first Esc is for the text, the next one for the drawer around it.
        data-mantine-stop-propagation={isChanged}
        rightSection={isChanged ? null : <CopyButton text={path} label="Copy path" />}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          setError(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isChanged) return;
          setTyped(path);
          setError(undefined);
        }}
      />
      {isChanged && (
        <Stack gap="xs" mt="xs">
          <Text size="xs" c="var(--pp-warning)">Programs that ask for <code>{path}</code> find nothing there once it is changed. The product can’t know of them.</Text>
          <Group gap="xs">
            <Button type="submit" size="xs" loading={busy && !broken}>Change path</Button>
            <Button variant="default" size="xs" onClick={() => setTyped(path)}>Keep {path.length > 24 ? 'it' : path}</Button>
          </Group>
        </Stack>
      )}
      <ConfirmDialog
        opened={!!broken}
        title="Change the path though it is in use?"
        confirmLabel="Change anyway"
        cancelLabel="Keep the path"
        busy={busy}
        onConfirm={() => void change(true)}
        onCancel={() => {
          setBroken(undefined);
          setTyped(path);
        }}
      >
        These refer to <code>{path}</code> and fail from then on, until they are changed too:
        {broken && <BrokenUsesList uses={broken} />}
      </ConfirmDialog>
    </form>
  );
}
