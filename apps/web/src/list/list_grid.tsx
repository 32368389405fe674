import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { DataGrid } from '../grid/data_grid';
import { useWindowedRows } from '../grid/windowed_rows';
import { recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { navigate, usePlace } from '../shell/router';
import { listColumns } from './list_columns';
import { ListFrame } from './list_frame';
import type { ListViewProps } from './list_page';
import { apiQuery, shownColumns, sortToggled, windowQuery } from './list_state';

/** The list as rows. */
export function ListGrid({ entity, state, change }: ListViewProps) {
  const catalogue = useCatalogue();
  const place = usePlace();
  const query = useMemo(() => windowQuery(state, entity), [state, entity]);
  const rows = useWindowedRows(entity, query);
  const columns = useMemo(() => listColumns(shownColumns(state, entity), entity, catalogue), [state, entity, catalogue]);
  const open = useCallback((row: RecordRow, inNewTab: boolean) => {
    if (row.id === undefined) return;
    if (inNewTab) window.open(recordAddress(entity, row.id), '_blank', 'noopener');
    else void navigate(recordAddress(entity, row.id));
  }, [entity]);
  return (
    <ListFrame entity={entity} state={state} change={change} total={rows.total}>
      <ProblemAlert error={rows.error} />
      <DataGrid
        label={entity.plural}
        columns={columns}
        rowCount={rows.total}
        rowAt={rows.rowAt}
        onWindow={rows.onWindow}
        sort={state.sort}
        onSort={(column, adds) => change({ ...state, sort: sortToggled(state.sort, column, adds) })}
        onOpen={open}
        placeKey={place.key + place.search}
        resetKey={apiQuery(state).toString()}
        keyOf={rows.isOfAnother ? undefined : idOf}
        isBusy={rows.isLoading}
        empty={<EmptyList entity={entity} isNarrowed={state.search !== '' || state.filters.length > 0} onClear={() => change({ ...state, search: '', filters: [] })} />}
      />
      <div className="list-foot soft">
        {rangeText(rows.range, rows.total)}
        {rows.secondsBehind > 0 && <span data-testid="behind"> · {rows.secondsBehind} s behind</span>}
      </div>
    </ListFrame>
  );
}

function idOf(row: RecordRow) {
  return row.id;
}

function rangeText(range: { first: number; last: number }, total: number): string {
  if (total === 0) return '';
  const last = Math.min(range.last + 1, total);
  const text = (count: number) => formatDecimal(String(count));
  return `${text(Math.min(range.first + 1, last))} to ${text(last)} of ${text(total)}`;
}

function EmptyList({ entity, isNarrowed, onClear }: { entity: Entity; isNarrowed: boolean; onClear: () => void }) {
  if (!isNarrowed) return <>No {entity.plural.toLowerCase()} yet.</>;
  return (
    <>
      <p>No {entity.plural.toLowerCase()} match.</p>
      <Button variant="default" onClick={onClear}>Clear search and filters</Button>
    </>
  );
}
