import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { TriggerInputMappingInput, TriggerType } from '../../../gql/graphql';
import { previewInputsDocument } from '../trigger.operations';
import classes from './form.module.css';

const pauseMs = 300;

interface MappingPreviewProps {
  workflowId: string;
  type: TriggerType;
  settings: unknown;
  mapping: TriggerInputMappingInput[];
  /** Of the example that is mapped. */
  payload: unknown;
}

/** The inputs that a run would begin with if the example arrived. */
export function MappingPreview({ workflowId, type, settings, mapping, payload }: MappingPreviewProps) {
  const [input] = useDebouncedValue({ workflowId, type, settings, mapping, payload }, pauseMs);
  const { data, previousData } = useQuery(previewInputsDocument, { variables: { input }, fetchPolicy: 'no-cache' });
  const preview = (data ?? previousData)?.previewTriggerInputs;
  if (!preview) return null;
  return (
    <section className={classes.preview} aria-label="What a run would be given">
      <h3 className={classes.previewTitle}>
        {preview.problems.length === 0 ? <IconCircleCheck size={16} aria-hidden className={classes.fits} /> : <IconAlertTriangle size={16} aria-hidden className={classes.unfit} />}
        What a run would be given by the example
      </h3>
      <pre className={classes.previewValue}>{JSON.stringify(preview.inputs, null, 2)}</pre>
      {preview.problems.length > 0 && (
        <ul className={classes.previewProblems}>
          {preview.problems.map(({ name, message }) => <li key={`${name} ${message}`}><strong>{name}</strong>: {message}</li>)}
        </ul>
      )}
    </section>
  );
}
