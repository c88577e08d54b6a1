import { useMutation } from '@apollo/client/react';
import { Anchor, Button } from '@mantine/core';
import { IconRotate, IconUserDollar } from '@tabler/icons-react';
import { problemOf } from '../../../api/api-errors';
import type { ListedPriceFragment } from '../../../gql/graphql';
import { DataTable, type Column } from '../../../ui/data-table';
import { formatDay, formatPrice } from '../../../ui/format';
import { notifyFailure } from '../../../ui/notify';
import { notifyUndo } from '../../../ui/notify-undo';
import { StatusBadge } from '../../../ui/status-badge';
import { modelPricesDocument, resetModelPriceDocument, setModelPriceDocument } from './price.operations';
import classes from './prices.module.css';

interface PriceTableProps {
  prices: readonly ListedPriceFragment[];
  mayManage: boolean;
  onEdit: (price: ListedPriceFragment) => void;
}

export function PriceTable({ prices, mayManage, onEdit }: PriceTableProps) {
  const columns: Column<ListedPriceFragment>[] = [
    { header: 'Model', cell: ModelCell },
    { header: 'Input', width: '96px', align: 'end', wideOnly: true, cell: (price) => <Amount price={price} of="input" /> },
    { header: 'Cached', width: '96px', align: 'end', wideOnly: true, cell: (price) => <Amount price={price} of="cachedInput" /> },
    { header: 'Output', width: '96px', align: 'end', wideOnly: true, cell: (price) => <Amount price={price} of="output" /> },
    { header: 'Source', width: '216px', wideOnly: true, cell: SourceCell },
    ...(mayManage ? [{ header: 'Action', width: '144px', align: 'end', cell: (price) => <Actions price={price} onEdit={() => onEdit(price)} /> } satisfies Column<ListedPriceFragment>] : []),
  ];
  return (
    <div className={classes.table}>
      <DataTable label="Prices of models" columns={columns} rows={prices} rowKey={({ model }) => model} />
    </div>
  );
}

function ModelCell({ model, prices, long, custom, available }: ListedPriceFragment) {
  return (
    <div className={classes.model}>
      <span className={classes.name}>
        <code title={model}>{model}</code>
        {custom && <StatusBadge quiet tone="info" icon={<IconUserDollar size={14} />} label="Yours" />}
        {!available && <span className={classes.note}>No provider yet</span>}
      </span>
      <span className={classes.narrowOnly}>{prices ? `${formatPrice(prices.input)} in · ${formatPrice(prices.output)} out` : 'No price'}</span>
      {long && (
        <span className={classes.note}>
          Over {long.above.toLocaleString('en-US')} tokens in: {formatPrice(long.input)} in, {formatPrice(long.cachedInput ?? long.input)} cached, {formatPrice(long.output)} out
        </span>
      )}
    </div>
  );
}

function Amount({ price: { prices }, of }: { price: ListedPriceFragment; of: 'input' | 'cachedInput' | 'output' }) {
  if (!prices) return <span className={classes.note}>No price</span>;
  const amount = prices[of];
  return typeof amount === 'number' ? formatPrice(amount) : <span className={classes.note} title="As other input">as input</span>;
}

function SourceCell({ source, sourceUrl, asOf }: ListedPriceFragment) {
  if (!source) return <span className={classes.note}>Nobody has said what it costs</span>;
  return (
    <span className={classes.source}>
      {sourceUrl ? <Anchor href={sourceUrl} target="_blank" rel="noreferrer" inherit>{source}</Anchor> : <span title={source}>{source}</span>}
      {asOf && <span className={classes.note}>{formatDay(asOf)}</span>}
    </span>
  );
}

function Actions({ price, onEdit }: { price: ListedPriceFragment; onEdit: () => void }) {
  const { model, prices, custom, source } = price;
  const [reset, { loading }] = useMutation(resetModelPriceDocument, { refetchQueries: [modelPricesDocument] });
  const [set] = useMutation(setModelPriceDocument, { refetchQueries: [modelPricesDocument] });
  const bringBack = async () => {
    if (!prices) return;
    const { input, output, cachedInput } = prices;
    try {
      await set({ variables: { input: { model, input, output, cachedInput, source } } });
    } catch (error) {
      notifyFailure(`The price of ${model} is not back. ${problemOf(error).message}`);
    }
  };
  const goBack = async () => {
    try {
      await reset({ variables: { model } });
      notifyUndo(`Your price of ${model} was reset.`, () => void bringBack(), <IconRotate size={16} />);
    } catch (error) {
      notifyFailure(`The price of ${model} is still yours. ${problemOf(error).message}`);
    }
  };
  return (
    <span className={classes.actions}>
      {custom && <Button variant="subtle" color="gray" size="xs" loading={loading} onClick={() => void goBack()} aria-label={`Reset the price of ${model}`}>Reset</Button>}
      <Button variant="subtle" size="xs" onClick={onEdit} aria-label={`Set the price of ${model}`}>{prices ? 'Edit' : 'Set'}</Button>
    </span>
  );
}
