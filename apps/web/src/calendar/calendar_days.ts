import type { Entity, Field } from '../api/contract';
import { addDays } from '../format/day';
import type { Filter } from '../list/filters';
import { apiQuery, proposedColumns, rowsQuery, type ListState } from '../list/list_state';

/** As many records as a month is asked for at once; a busier one says how many more there are. */
export const shownMax = 500;

export function dayFields(entity: Entity): Field[] {
  return entity.fields.filter((field) => field.kind === 'date' && field.filterable !== false);
}

/** The field that was chosen; otherwise the first day that the list shows, or the first that there is. */
export function dayField(entity: Entity, chosen: string): Field | undefined {
  const fields = dayFields(entity);
  return fields.find((field) => field.name === chosen) ?? proposedColumns(entity).find((field) => fields.includes(field)) ?? fields[0];
}

/** "2026-02" and 1 → "2026-03". */
export function addMonths(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthTitle(month: string): string {
  return new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
}

/** The days of a month in weeks from Monday to Sunday, filled up with those of the months beside it. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const end = `${addMonths(month, 1)}-01`;
  const weeks: string[][] = [];
  for (let monday = addDays(first, -weekday); monday < end; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)));
  }
  return weeks;
}

/** The list of what stands on these days. */
export function stateOfDays(state: ListState, on: Field, from: string, to: string): ListState {
  const others = state.filters.filter((filter) => filter.field !== on.name);
  const days: Filter[] = from === to
    ? [{ field: on.name, operator: 'equals', value: from }]
    : [{ field: on.name, operator: 'gte', value: from }, { field: on.name, operator: 'lte', value: to }];
  return { ...state, board: null, calendar: null, filters: [...others, ...days] };
}

/** How the records of these days are asked for: those of one day as the list sorts them. */
export function daysQuery(state: ListState, entity: Entity, on: Field, shown: string[], from: string, to: string): URLSearchParams {
  const query = rowsQuery(stateOfDays(state, on, from, to), entity, [on.name, ...shown]);
  const sort = apiQuery(state).get('sort');
  query.set('sort', [on.name, sort].filter(Boolean).join(','));
  query.set('limit', String(shownMax));
  return query;
}

/** What an entry says before its name and after it: the time of day, and whom it is about. */
export function entryFields(entity: Entity): { time: Field | undefined; whom: Field | undefined } {
  const time = entity.fields.find((field) => field.kind === 'text' && /(^|_)time$/.test(field.name));
  const whom = proposedColumns(entity).find((field) => field.kind === 'reference' && field.name !== entity.display);
  return { time, whom };
}
