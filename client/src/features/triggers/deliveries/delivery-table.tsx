import { useLocation } from 'react-router';
import { DataTable, type Column } from '../../../ui/data-table';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { DeliveryOutcome } from './delivery-verdict';
import type { DeliveryRow } from './delivery.operations';

const columns: Column<DeliveryRow>[] = [
  { header: 'Arrived', width: '168px', cell: ({ receivedAt }) => <RelativeTime time={receivedAt} /> },
  { header: 'Outcome', width: '152px', cell: (delivery) => <DeliveryOutcome delivery={delivery} quiet /> },
  { header: 'From', wideOnly: true, cell: ({ source, testFire }) => <span title={source}>{source}{testFire && ' (tried out)'}</span> },
  { header: 'Why', wideOnly: true, cell: ({ reason }) => reason && <span title={reason}>{reason}</span> },
  { header: 'Run', width: '136px', wideOnly: true, cell: ({ execution }) => execution && <RunStatus status={execution.status} quiet /> },
  { header: 'Attempts', width: '96px', align: 'end', wideOnly: true, cell: ({ attempts }) => attempts },
];

interface DeliveryTableProps {
  rows: readonly DeliveryRow[];
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
}

/** What arrived, newest first. A row opens beside the page. */
export function DeliveryTable({ rows, ...more }: DeliveryTableProps) {
  const { pathname, search } = useLocation();
  const hrefOf = (id: string) => {
    const params = new URLSearchParams(search);
    params.set('delivery', id);
    return `${pathname}?${params.toString()}`;
  };
  return <DataTable label="Deliveries" columns={columns} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => hrefOf(id)} {...more} />;
}
