import type { Field } from '../api/contract';
import { shownColumns, windowQuery } from '../list/list_state';
import type { ListSource } from './view_source';

const rowsMax = 8;

/** A few of them, the last that were made first. */
export function newestQuery({ entity, state }: ListSource): URLSearchParams {
  const query = windowQuery(state, entity);
  query.set('sort', '-id');
  query.set('limit', String(rowsMax));
  return query;
}

/** The list's columns, without those that say the same in every row because the view is narrowed to it. */
export function newestColumns({ entity, state }: ListSource): Field[] {
  const isFixed = (field: Field) => field.name !== entity.display && state.filters.some((filter) => filter.field === field.name && filter.operator === 'equals');
  return shownColumns(state, entity).filter((field) => !isFixed(field));
}
