import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { apiPath } from '../api/client';
import type { Entity } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { newRecordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Page } from '../shell/page';
import { navigate } from '../shell/router';
import { ColumnChooser } from './column_chooser';
import { FilterBar } from './filter_bar';
import { ImportDialog } from './import_dialog';
import type { ListViewProps } from './list_page';
import { apiQuery, type ListState } from './list_state';
import { StateTabs } from './state_tabs';
import { ViewSwitch } from './view_switch';

interface ListFrameProps extends ListViewProps {
  /** How many records match; undefined while nobody has counted. */
  total: number | undefined;
  /** What only this view asks for, beside the filters. */
  tools?: ReactNode;
  children: ReactNode;
}

/** What stands around a list in each of its views: its name and number, search and filters, what can be done with all of it. */
export function ListFrame({ entity, state, change, total, tools, children }: ListFrameProps) {
  const [isImporting, setImporting] = useState(false);
  return (
    <Page
      title={entity.plural}
      badge={<span className="soft" data-testid="total">{total !== undefined && formatDecimal(String(total))}</span>}
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
        <FilterBar entity={entity} filters={state.filters} hasTabs={entity.workflow !== null} onChange={(filters) => change({ ...state, filters })} />
        <div className="page-head-fill" />
        {tools}
        <ColumnChooser entity={entity} state={state} onChange={change} />
        <ViewSwitch entity={entity} state={state} />
      </div>
      {children}
      {isImporting && <ImportDialog entity={entity} onClose={() => setImporting(false)} />}
    </Page>
  );
}

function exportAddress(entity: Entity, state: ListState): string {
  const query = apiQuery(state).toString();
  return apiPath(entity.path, 'export.csv') + (query ? `?${query}` : '');
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
