import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { FormAlert } from '../../../../ui/form-alert';
import type { Selection } from '../code/use-code-editor';
import { newVariable, type DraftVariable } from '../prompt-draft';
import { loadTemplateTools } from '../template/template-analysis';
import { variableNameFor, variableNameProblem } from '../template/variable-name';
import classes from './messages.module.css';

interface MakeVariableDialogProps {
  /** What is to become a variable. Undefined: closed. */
  selection: Selection | undefined;
  template: string;
  /** A name among these is used again. */
  known: readonly string[];
  onClose: () => void;
  onMake: (variable: DraftVariable) => void;
}

/** Asks what the selected text is called; the text itself becomes the sample. */
export function MakeVariableDialog({ selection, onClose, ...rest }: MakeVariableDialogProps) {
  return (
    <Modal opened={!!selection} onClose={onClose} title="Turn into a variable" returnFocus={false}>
      {selection && <MakeVariableForm selection={selection} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function MakeVariableForm({ selection: { from, to, text }, template, known, onClose, onMake }: MakeVariableDialogProps & { selection: Selection }) {
  const [name, setName] = useState(() => variableNameFor(text));
  const [problem, setProblem] = useState<string>();
  const [withinCode, setWithinCode] = useState(false);
  useEffect(() => {
    void loadTemplateTools().then(({ isWithinCode }) => setWithinCode(isWithinCode(template, from, to)));
  }, [template, from, to]);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const wrong = variableNameProblem(name);
    if (wrong || withinCode) return setProblem(wrong);
    onMake({ ...newVariable(name), type: text.includes('\n') || text.length > 120 ? 'TEXT' : 'STRING', sample: text });
    onClose();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert>{withinCode && 'The selection touches a variable or a tag. Select text between them.'}</FormAlert>
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          maxLength={50}
          classNames={{ input: classes.nameInput }}
          description={known.includes(name) ? 'There is a variable of this name: it is used here too.' : 'What was selected becomes its sample value.'}
          error={problem}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget: { value } }) => {
            setName(value);
            setProblem(undefined);
          }}
        />
        <pre className={classes.sample} aria-label="Selected text">{text}</pre>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={withinCode}>Make the variable</Button>
        </Group>
      </Stack>
    </form>
  );
}
