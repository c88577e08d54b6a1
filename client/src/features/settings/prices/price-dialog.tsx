import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import type { ListedPriceFragment } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { modelPricesDocument, setModelPriceDocument } from './price.operations';
import classes from './prices.module.css';

/** A model that is listed, or another one that is still to be named. */
export type PriceToSet = { kind: 'listed'; price: ListedPriceFragment } | { kind: 'other' };

export function PriceDialog({ toSet, onClose }: { toSet: PriceToSet | undefined; onClose: () => void }) {
  const [shown, setShown] = useState(toSet);
  // What is shown stays while the dialog fades away.
  if (toSet && toSet !== shown) setShown(toSet);
  const title = shown?.kind === 'listed' ? `What ${shown.price.model} costs` : 'What a model costs';
  return (
    <Modal opened={toSet !== undefined} onClose={onClose} title={title}>
      {shown && <PriceForm key={shown.kind === 'listed' ? shown.price.model : ''} price={shown.kind === 'listed' ? shown.price : undefined} onClose={onClose} />}
    </Modal>
  );
}

type Amount = string | number;

function PriceForm({ price, onClose }: { price: ListedPriceFragment | undefined; onClose: () => void }) {
  const [model, setModel] = useState(price?.model ?? '');
  const [input, setInput] = useState<Amount>(price?.prices?.input ?? '');
  const [cachedInput, setCachedInput] = useState<Amount>(price?.prices?.cachedInput ?? '');
  const [output, setOutput] = useState<Amount>(price?.prices?.output ?? '');
  const [source, setSource] = useState(price?.custom ? (price.source ?? '') : '');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [set, { loading }] = useMutation(setModelPriceDocument, { refetchQueries: [modelPricesDocument] });

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const missing = {
      ...(model.trim() === '' && { model: 'Give the model’s id, such as openai/gpt-4.1.' }),
      ...(input === '' && { input: 'Give a price; 0 where it is free.' }),
      ...(output === '' && { output: 'Give a price; 0 where it is free.' }),
    };
    setErrors(missing);
    if (Object.keys(missing).length > 0) return;
    try {
      const prices = { input: Number(input), output: Number(output), cachedInput: cachedInput === '' ? null : Number(cachedInput) };
      await set({ variables: { input: { model: model.trim(), ...prices, source } } });
      notifyDone(`Calls of ${model.trim()} cost this from now on.`);
      onClose();
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['model', 'input', 'output', 'cachedInput', 'source']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  const amount = { min: 0, decimalScale: 6, prefix: '$', hideControls: true, inputMode: 'decimal' } as const;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        {!price && (
          <TextInput label="Model" description="Its id: the provider’s short name, a slash, the model’s name." placeholder="ollama/llama3.2" data-autofocus value={model} error={errors['model']} onChange={({ currentTarget }) => setModel(currentTarget.value)} />
        )}
        <div className={classes.amounts}>
          <NumberInput {...amount} label="Input" data-autofocus={price ? true : undefined} value={input} error={errors['input']} onChange={setInput} />
          <NumberInput {...amount} label="Cached input" placeholder="as input" value={cachedInput} error={errors['cachedInput']} onChange={setCachedInput} />
          <NumberInput {...amount} label="Output" value={output} error={errors['output']} onChange={setOutput} />
        </div>
        <p className={classes.hint}>US dollars for a million tokens. Yours goes before the known price{price?.long ? ', for long inputs too' : ''}, until you reset it.</p>
        <TextInput label="Source" description="Where it stands, for those who come after you." placeholder="Contract of May" maxLength={200} value={source} error={errors['source']} onChange={({ currentTarget }) => setSource(currentTarget.value)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>Set price</Button>
        </Group>
      </Stack>
    </form>
  );
}
