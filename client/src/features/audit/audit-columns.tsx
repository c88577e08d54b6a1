import type { AuditRowFragment } from '../../gql/graphql';
import type { Column } from '../../ui/data-table';
import { RelativeTime } from '../../ui/relative-time';
import { ActorIcon } from './actor-icon';
import classes from './audit.module.css';
import { actionWords, kindWord } from './audit-words';
import { Outcome, outcomeWord } from './outcome';

export const auditColumns: Column<AuditRowFragment>[] = [
  {
    header: 'What',
    cell: ({ action, subjectName, actorName, outcome }) => (
      <>
        <span title={action}>{actionWords(action)}</span>
        <span className={classes.more}>{[outcome === 'DONE' ? null : outcomeWord(outcome), subjectName, actorName].filter(Boolean).join(' · ')}</span>
      </>
    ),
  },
  {
    header: 'Object',
    wideOnly: true,
    cell: ({ subjectName, subjectType }) => (
      <span title={subjectName ?? undefined}>
        {subjectName ?? (subjectType && <span className={classes.about}>{kindWord(subjectType)}</span>)}
      </span>
    ),
  },
  {
    header: 'Who',
    width: '22%',
    wideOnly: true,
    cell: ({ actorType, actorName }) => (
      <span className={classes.actor} title={actorName}>
        <ActorIcon type={actorType} />
        <span className={classes.actorName}>{actorName}</span>
      </span>
    ),
  },
  { header: 'From', width: '136px', wideOnly: true, cell: ({ address }) => address && <code className={classes.code}>{address}</code> },
  { header: 'When', width: '148px', cell: ({ at }) => <RelativeTime time={at} /> },
  { header: 'Outcome', width: '120px', wideOnly: true, cell: ({ outcome }) => <Outcome outcome={outcome} quiet /> },
];
