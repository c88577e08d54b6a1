import { useQuery } from '@apollo/client/react';
import { Button, Switch } from '@mantine/core';
import { IconCoins, IconFilterOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { ListToolbar } from '../../../ui/list-toolbar';
import { PageHeader } from '../../../ui/page-header';
import { SearchInput } from '../../../ui/search-input';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { modelPricesDocument } from './price.operations';
import { PriceDialog, type PriceToSet } from './price-dialog';
import { PriceTable } from './price-table';
import classes from './prices.module.css';

export default function ModelPricesPage() {
  const mayManage = usePermissions()('price:manage');
  const [params, setParams] = useSearchParams();
  const [toSet, setToSet] = useState<PriceToSet>();
  const { data, error, refetch } = useQuery(modelPricesDocument);
  const words = (params.get('search') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const onlyMine = params.get('mine') === '1';
  const found = (data?.modelPrices ?? []).filter(({ model, source }) => words.every((word) => `${model} ${source ?? ''}`.toLowerCase().includes(word)));
  const callable = found.filter(({ available }) => available);
  const shown = onlyMine ? callable : [...callable, ...found.filter(({ available }) => !available)];
  const showOnlyMine = (only: boolean) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (only) next.set('mine', '1');
      else next.delete('mine');
      return next;
    }, { replace: true });
  return (
    <>
      <PageHeader
        title="Model prices"
        crumbs={[{ label: 'Settings', to: '/settings/prices' }]}
        action={mayManage && <Button leftSection={<IconPlus size={16} />} onClick={() => setToSet({ kind: 'other' })}>Set a price</Button>}
      />
      <p className={classes.lead}>
        US dollars for a million tokens. What a model thinks with is charged as output. A run keeps the cost that it was computed with, whatever is changed here later.
      </p>
      {error && !data ? (
        <ErrorState title="The prices could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={8} />
      ) : (
        <>
          <ListToolbar>
            <SearchInput label="Search models" />
            <Switch className={classes.mine} label="Only models that you can call" checked={onlyMine} onChange={({ currentTarget }) => showOnlyMine(currentTarget.checked)} />
          </ListToolbar>
          {shown.length > 0 ? (
            <PriceTable prices={shown} mayManage={mayManage} onEdit={(price) => setToSet({ kind: 'listed', price })} />
          ) : (
            <EmptyState
              icon={words.length > 0 || onlyMine ? <IconFilterOff size={24} /> : <IconCoins size={24} />}
              title="No model is like that"
              action={<Button variant="default" onClick={() => setParams({}, { replace: true })}>Show all models</Button>}
            >
              A model that is not listed can be given a price all the same, by its id.
            </EmptyState>
          )}
        </>
      )}
      <PriceDialog toSet={toSet} onClose={() => setToSet(undefined)} />
    </>
  );
}
