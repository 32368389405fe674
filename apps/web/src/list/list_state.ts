import type { Entity, Field } from '../api/contract';
import type { GridSort } from '../grid/grid_header';
import { filterFrom, parameterOf, type Filter } from './filters';

/** The whole state of a list. It lives in the address, in the words of the API, so that a link or the back button brings it back. */
export interface ListState {
  search: string;
  filters: Filter[];
  sort: GridSort[];
  /** Names of the shown columns in order; null shows what the catalogue proposes. */
  columns: string[] | null;
  /** The field by which the board groups what is shown as cards; empty: the usual one; null: a list, no board. */
  board: string | null;
  /** The month that the calendar shows, and the field of the days on which records stand in it; empty: this month, the usual field. */
  calendar: { month: string; by: string } | null;
}

export function listStateFrom(search: string, entity: Entity): ListState {
  const state: ListState = { search: '', filters: [], sort: [], columns: null, board: null, calendar: null };
  const query = new URLSearchParams(search);
  if (query.get('view') === 'board') {
    state.board = query.get('by') ?? '';
  }
  if (query.get('view') === 'calendar') state.calendar = { month: query.get('month') ?? '', by: query.get('by') ?? '' };
  if (query.has('view')) for (const name of ['view', 'by', 'month']) query.delete(name);
  for (const [name, value] of query) {
    if (name === 'search') state.search = value;
    else if (name === 'sort') state.sort = sortFrom(value, entity);
    else if (name === 'columns') state.columns = value.split(',').filter((column) => listField(entity, column));
    else {
      const filter = filterFrom(name, value, entity.fields);
      if (filter) state.filters.push(filter);
    }
  }
  return state;
}

export function addressQuery(state: ListState): string {
  const query = apiQuery(state);
  if (state.columns) query.set('columns', state.columns.join(','));
  if (state.board !== null) query.set('view', 'board');
  if (state.board) query.set('by', state.board);
  if (state.calendar) query.set('view', 'calendar');
  if (state.calendar?.by) query.set('by', state.calendar.by);
  if (state.calendar?.month) query.set('month', state.calendar.month);
  const text = query.toString();
  return text ? `?${text}` : '';
}

export function apiQuery(state: ListState): URLSearchParams {
  const query = new URLSearchParams();
  if (state.search) query.set('search', state.search);
  for (const filter of state.filters) query.append(parameterOf(filter), filter.value);
  if (state.sort.length > 0) query.set('sort', sortText(state.sort));
  return query;
}

/** What the grid asks for: the shown columns only, each page of a wide list stays small; what came last stands first. */
export function windowQuery(state: ListState, entity: Entity): URLSearchParams {
  return rowsQuery(state, entity, shownColumns(state, entity).map((field) => field.name));
}

/** The rows of a list with these fields, and those that tell how to read them. */
export function rowsQuery(state: ListState, entity: Entity, shown: string[]): URLSearchParams {
  const query = apiQuery(state);
  if (state.sort.length === 0 && ['documents', 'ledgers'].includes(entity.menu)) query.set('sort', '-id');
  const names = new Set(shown);
  names.add(entity.display);
  if (entity.workflow) names.add(entity.workflow.field);
  for (const name of [...names]) {
    const currency = entity.fields.find((field) => field.name === name)?.currency_field;
    if (currency && listField(entity, currency)) names.add(currency);
  }
  query.set('fields', [...names].join(','));
  return query;
}

export function shownColumns(state: ListState, entity: Entity): Field[] {
  const names = state.columns ?? proposedColumns(entity).map((field) => field.name);
  return names.map((name) => listField(entity, name)).filter((field) => field !== undefined);
}

export function proposedColumns(entity: Entity): Field[] {
  const proposed = entity.fields.filter((field) => field.in_list && field.kind !== 'lines');
  return proposed.length > 0 ? proposed : entity.fields.filter((field) => field.kind !== 'lines').slice(0, 6);
}

function listField(entity: Entity, name: string): Field | undefined {
  return entity.fields.find((field) => field.name === name && field.kind !== 'lines');
}

function sortFrom(text: string, entity: Entity): GridSort[] {
  return text
    .split(',')
    .map((part) => ({ column: part.replace(/^-/, ''), isDescending: part.startsWith('-') }))
    .filter((key) => listField(entity, key.column));
}

function sortText(sort: GridSort[]): string {
  return sort.map((key) => (key.isDescending ? '-' : '') + key.column).join(',');
}

/** Ascending, then descending, then not at all; `adds` keeps the other keys before it. */
export function sortToggled(sort: GridSort[], column: string, adds: boolean): GridSort[] {
  const now = sort.find((key) => key.column === column);
  const next = !now ? { column, isDescending: false } : now.isDescending ? null : { column, isDescending: true };
  if (!adds) return next ? [next] : [];
  const others = sort.filter((key) => key.column !== column);
  if (!next) return others;
  return now ? sort.map((key) => (key.column === column ? next : key)) : [...others, next];
}
