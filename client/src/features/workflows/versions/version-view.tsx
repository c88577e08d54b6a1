import { useQuery } from '@apollo/client/react';
import { Button, Group, Select } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { RelativeTime } from '../../../ui/relative-time';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { inputTypeNames } from '../input-value';
import { changedValueInWords } from './change-words';
import { compareWorkflowVersionsDocument, workflowVersionDocument, type ReadVersion, type VersionRow } from './version.operations';
import classes from './versions.module.css';
import { WorkflowChanges } from './workflow-changes';
import { WrittenSteps } from './written-steps';

interface VersionViewProps {
  id: string;
  /** Beside which it is shown what differs. */
  otherId: string | null;
  /** That it can be compared with. */
  others: readonly VersionRow[];
  head: number;
  onCompare: (otherId: string | null) => void;
  onBack: () => void;
  /** Why it can't be restored now; undefined: it can. */
  restoreBlocked: string | undefined;
  restoring: boolean;
  onRestore: (version: ReadVersion) => void;
}

/** One version as it was written, or what differs between it and another. */
export function VersionView({ id, otherId, others, head, onCompare, onBack, restoreBlocked, restoring, onRestore }: VersionViewProps) {
  const may = usePermissions();
  const { data, error, refetch } = useQuery(workflowVersionDocument, { variables: { id } });
  const version = data?.workflowVersion;
  if (error && !version) return <ErrorState title="This version could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} action={<Button variant="default" onClick={onBack}>All versions</Button>} />;
  if (!version) return <SkeletonRows rows={4} />;
  return (
    <div className={classes.page}>
      <Group justify="space-between" gap="sm" align="flex-end">
        <div>
          <Button variant="subtle" color="gray" size="compact-sm" ml={-8} leftSection={<IconArrowLeft size={14} />} onClick={onBack}>All versions</Button>
          <h2 className={classes.title}>Version {version.number}{version.number === head && ' · newest'}</h2>
          <p className={classes.facts}>{version.message || 'No message'} · {version.author.name}, <RelativeTime time={version.createdAt} /></p>
        </div>
        <Group gap="xs" align="flex-end">
          <Select
            label="Compare with"
            placeholder="Another version"
            clearable
            w={208}
            data={others.filter((other) => other.id !== id).map((other) => ({ value: other.id, label: `Version ${other.number}` }))}
            value={otherId}
            onChange={onCompare}
          />
          {may('workflow:write') && version.number !== head && (
            <Button variant="default" leftSection={<IconArrowBackUp size={16} />} loading={restoring} disabled={restoreBlocked !== undefined} title={restoreBlocked} onClick={() => onRestore(version)}>Restore</Button>
          )}
        </Group>
      </Group>
      {otherId === null ? <Written version={version} /> : <Compared id={id} number={version.number} otherId={otherId} />}
    </div>
  );
}

function Written({ version }: { version: ReadVersion }) {
  const { inputs, steps } = version;
  return (
    <>
      <section aria-label="Inputs">
        <h3 className={classes.heading}>Inputs</h3>
        {inputs.length === 0 ? (
          <p className={classes.nothing}>It takes none.</p>
        ) : (
          <dl className={`${classes.change} ${classes.fields}`}>
            {inputs.map(({ name, type, required, defaultValue, description }) => (
              <div key={name} className={classes.field}>
                <dt>{name}</dt>
                <dd className={classes.values}>
                  {[inputTypeNames[type], required ? 'required' : 'optional', (defaultValue ?? null) !== null && `default ${changedValueInWords(defaultValue)}`, description].filter(Boolean).join(' · ')}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section aria-label="Steps">
        <h3 className={classes.heading}>Steps</h3>
        <WrittenSteps steps={steps} label="Steps" />
      </section>
    </>
  );
}

function Compared({ id, number, otherId }: { id: string; number: number; otherId: string }) {
  const other = useQuery(workflowVersionDocument, { variables: { id: otherId } }).data?.workflowVersion;
  // What changed is told in the order of time, whichever of the two was chosen first.
  const isLater = other !== undefined && other.number > number;
  const [fromId, toId] = isLater ? [id, otherId] : [otherId, id];
  const { data, error, refetch } = useQuery(compareWorkflowVersionsDocument, { variables: { fromId, toId }, skip: !other });
  if (error) return <ErrorState title="The versions could not be compared" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data || !other) return <SkeletonRows rows={3} />;
  const [from, to] = isLater ? [number, other.number] : [other.number, number];
  return (
    <section aria-label={`From version ${from} to version ${to}`}>
      <h3 className={classes.heading}>From version {from} to version {to}</h3>
      <WorkflowChanges changes={data.compareWorkflowVersions} />
    </section>
  );
}
