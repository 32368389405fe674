import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { DataGrid } from '../grid/data_grid';
import { listColumns } from '../list/list_columns';
import { useFollowing } from '../live/following';
import { recordAddress } from '../shell/addresses';
import { navigate } from '../shell/router';
import { newestColumns, newestQuery } from './newest';
import { useFold, ViewFrame, type ViewPlace } from './view_frame';
import type { ListSource } from './view_source';

/** The newest records of an entity, as its list shows them. */
export function ListPanel({ source, place }: { source: ListSource; place: ViewPlace }) {
  const catalogue = useCatalogue();
  const { entity, view, address, isBlank } = source;
  const fold = useFold(place.foldedAs);
  useFollowing(`entity=${entity.name}`);
  const { data, error, isLoading } = useQuery({ ...listQuery(entity, newestQuery(source)), enabled: fold.isOpen && !isBlank });
  const columns = useMemo(() => listColumns(newestColumns(source), entity, catalogue), [source, entity, catalogue]);
  const rows = data?.rows ?? [];
  const total = data?.total ?? rows.length;
  const open = (row: RecordRow, inNewTab: boolean) => {
    if (row.id === undefined) return;
    if (inNewTab) window.open(recordAddress(entity, row.id), '_blank', 'noopener');
    else void navigate(recordAddress(entity, row.id));
  };
  return (
    <ViewFrame
      place={place} kind="list" fold={fold} subtitle={view.title === place.title ? null : view.title}
      link={{ to: address, label: total > rows.length ? `Open list of ${formatDecimal(String(total))}` : 'Open list' }}
      error={error} isPending={isLoading} isEmpty={isBlank || (data !== undefined && rows.length === 0)}
    >
      <DataGrid label={place.title} columns={columns} rowCount={rows.length} rowAt={(index) => rows[index]} onOpen={open} empty="" />
    </ViewFrame>
  );
}
