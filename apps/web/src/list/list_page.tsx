import { Suspense, useCallback, useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { boardField } from '../board/board_fields';
import { dayField } from '../calendar/calendar_days';
import { useFollowing } from '../live/following';
import { later } from '../shell/later';
import { navigate, usePlace } from '../shell/router';
import { ListGrid } from './list_grid';
import { addressQuery, listStateFrom, type ListState } from './list_state';
import './list.css';

const ListBoard = later(() => import('../board/list_board'));
const ListCalendar = later(() => import('../calendar/list_calendar'));

/** What every way to look at a list is given. */
export interface ListViewProps {
  entity: Entity;
  state: ListState;
  change: (next: ListState, replace?: boolean) => void;
}

export default function ListPage({ entity }: { entity: Entity }) {
  const { path, search } = usePlace();
  const catalogue = useCatalogue();
  const state = useMemo(() => listStateFrom(search, entity), [search, entity]);
  useFollowing(`entity=${entity.name}`);
  const change = useCallback(
    (next: ListState, replace = false) => void navigate(path + addressQuery(next), { replace }),
    [path],
  );
  const by = state.board === null ? undefined : boardField(entity, catalogue, state.board);
  const on = state.calendar ? dayField(entity, state.calendar.by) : undefined;
  const view = { entity, state, change };
  if (on) return <Suspense fallback={null}><ListCalendar {...view} on={on} /></Suspense>;
  return by ? <Suspense fallback={null}><ListBoard {...view} by={by} /></Suspense> : <ListGrid {...view} />;
}
