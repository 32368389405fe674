import { Button, TextInput } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { apiPath } from '../api/client';
import type { Entity, RecordRow } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { DataGrid } from '../grid/data_grid';
import { useWindowedRows } from '../grid/windowed_rows';
import { useFollowing } from '../live/following';
import { newRecordAddress, recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Page, ProblemAlert } from '../shell/page';
import { navigate, usePlace } from '../shell/router';
import { ColumnChooser } from './column_chooser';
import { FilterBar } from './filter_bar';
import { ImportDialog } from './import_dialog';
import { listColumns } from './list_columns';
import { addressQuery, apiQuery, listStateFrom, shownColumns, sortToggled, windowQuery, type ListState } from './list_state';
import { StateTabs } from './state_tabs';
import './list.css';

export default function ListPage({ entity }: { entity: Entity }) {
  const catalogue = useCatalogue();
  const place = usePlace();
  const { path, search } = place;
  const state = useMemo(() => listStateFrom(search, entity), [search, entity]);
  const query = useMemo(() => windowQuery(state, entity), [state, entity]);
  const rows = useWindowedRows(entity, query);
  useFollowing(`entity=${entity.name}`);
  const [isImporting, setImporting] = useState(false);

  const change = useCallback(
    (next: ListState, replace = false) => void navigate(path + addressQuery(next), { replace }),
    [path],
  );
  const columns = useMemo(() => listColumns(shownColumns(state, entity), entity, catalogue), [state, entity, catalogue]);
  const open = useCallback((row: RecordRow, inNewTab: boolean) => {
    if (row.id === undefined) return;
    if (inNewTab) window.open(recordAddress(entity, row.id), '_blank', 'noopener');
    else void navigate(recordAddress(entity, row.id));
  }, [entity]);

  return (
    <Page
      title={entity.plural}
      badge={<span className="soft" data-testid="total">{formatDecimal(String(rows.total))}</span>}
      fills
      actions={
        <>
          {entity.creatable && (
            <Button variant="default" leftSection={<Icon name="upload" size={14} />} onClick={() => setImporting(true)}>Import</Button>
          )}
          <Button component="a" variant="default" leftSection={<Icon name="download" size={14} />} href={exportAddress(entity, state)} download>Export</Button>
          {entity.creatable && (
            <Button leftSection={<Icon name="plus" size={14} />} onClick={() => void navigate(newRecordAddress(entity))}>New</Button>
          )}
        </>
      }
    >
      {entity.workflow && <StateTabs entity={entity} state={state} />}
      <div className="list-tools">
        <SearchBox key={state.search} entity={entity} search={state.search} onChange={(text) => change({ ...state, search: text }, true)} />
        <FilterBar entity={entity} state={state} onChange={change} />
        <div className="page-head-fill" />
        <ColumnChooser entity={entity} state={state} onChange={change} />
      </div>
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
        placeKey={place.key + search}
        resetKey={apiQuery(state).toString()}
        keyOf={rows.isOfAnother ? undefined : idOf}
        isBusy={rows.isLoading}
        empty={<EmptyList entity={entity} isNarrowed={state.search !== '' || state.filters.length > 0} onClear={() => change({ ...state, search: '', filters: [] })} />}
      />
      <div className="list-foot soft">
        {rangeText(rows.range, rows.total)}
        {rows.secondsBehind > 0 && <span data-testid="behind"> · {rows.secondsBehind} s behind</span>}
      </div>
      {isImporting && <ImportDialog entity={entity} onClose={() => setImporting(false)} />}
    </Page>
  );
}

function idOf(row: RecordRow) {
  return row.id;
}

function exportAddress(entity: Entity, state: ListState): string {
  const query = apiQuery(state).toString();
  return apiPath(entity.path, 'export.csv') + (query ? `?${query}` : '');
}

function rangeText(range: { first: number; last: number }, total: number): string {
  if (total === 0) return '';
  const last = Math.min(range.last + 1, total);
  const text = (count: number) => formatDecimal(String(count));
  return `${text(Math.min(range.first + 1, last))} to ${text(last)} of ${text(total)}`;
}

function SearchBox({ entity, search, onChange }: { entity: Entity; search: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(search);
  const isSettled = typed.trim() === search;
  useEffect(() => {
    if (isSettled) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, isSettled, onChange]);
  return (
    <TextInput
      type="search" className="list-search" aria-label={`Search ${entity.plural.toLowerCase()}`} placeholder="Search"
      leftSection={<Icon name="search" size={14} />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
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
