import type { Catalogue } from '../api/catalogue';
import { fieldNamed, labelOf } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { isReference } from '../api/contract';
import type { Filter } from '../list/filters';
import { proposedColumns, shownColumns, type ListState } from '../list/list_state';

/** One value of the field that a board is grouped by; null stands for records that have none. */
export interface BoardColumn {
  key: string;
  label: string;
  value: string | number | null;
}

/** More columns than that are no board any more. */
export const columnsMax = 60;
const cardFieldsMax = 4;

/** The fields that make columns: the state, choices, and references to records of another entity. */
export function boardFields(entity: Entity, catalogue: Catalogue): Field[] {
  return entity.fields.filter((field) => field.filterable !== false && (isOfChoices(field, entity) || (field.kind === 'reference' && catalogue.entity(field.entity))));
}

function isOfChoices(field: Field, entity: Entity): boolean {
  return field.name === entity.workflow?.field || (field.kind === 'choice' && (field.choices?.length ?? 0) > 0);
}

/** The field that was chosen; otherwise what a transition moves records by, the state, a choice, or records that somebody has set up. */
export function boardField(entity: Entity, catalogue: Catalogue, chosen: string): Field | undefined {
  const fields = boardFields(entity, catalogue);
  const isMoved = (field: Field) => entity.workflow?.transitions.some((transition) => transition.input.some((input) => input.name === field.name && input.kind === field.kind)) ?? false;
  const isSetUp = (field: Field) => catalogue.entity(field.entity)?.menu === 'setup';
  return fields.find((field) => field.name === chosen)
    ?? fields.find((field) => isMoved(field) && (isOfChoices(field, entity) || isSetUp(field)))
    ?? fields.find((field) => field.name === entity.workflow?.field)
    ?? fields.find((field) => isOfChoices(field, entity))
    ?? fields.find(isSetUp);
}

export function choiceColumns(entity: Entity, field: Field): BoardColumn[] {
  const states = field.name === entity.workflow?.field ? entity.workflow.states.map((state) => ({ value: state.name, label: state.label })) : null;
  return (states ?? field.choices ?? []).map(({ value, label }) => ({ key: value, label, value }));
}

/** Columns of the records that a reference may name; those of like name are told apart by what they belong to. */
export function referenceColumns(target: Entity, rows: RecordRow[]): BoardColumn[] {
  const names = rows.map((row) => labelOf(row[target.display]) || `#${row.id}`);
  const owner = ownerOf(target);
  return rows.map((row, index) => {
    const isShared = names.filter((name) => name === names[index]).length > 1;
    const label = isShared && owner ? `${names[index]} · ${labelOf(row[owner.name])}` : names[index]!;
    return { key: String(row.id), label, value: row.id! };
  });
}

/** How the records that make columns are asked for: in the order in which somebody has set them up, and only those that the filters leave. */
export function columnsQuery(target: Entity, entity: Entity, filters: Filter[]): URLSearchParams {
  const owner = ownerOf(target);
  const position = fieldNamed(target, 'position');
  const query = new URLSearchParams({
    limit: String(columnsMax), fields: [target.display, owner?.name].filter(Boolean).join(','),
    sort: [owner && position ? owner.name : null, position ? 'position' : target.display === 'id' ? null : target.display].filter(Boolean).join(','),
  });
  if (query.get('sort') === '') query.delete('sort');
  for (const field of target.fields.filter(({ kind }) => kind === 'reference')) {
    const shared = filters.find((filter) => filter.operator === 'equals' && filter.field === field.name && fieldNamed(entity, filter.field)?.entity === field.entity);
    if (shared) query.set(field.name, shared.value);
  }
  return query;
}

function ownerOf(target: Entity): Field | undefined {
  return target.fields.find((field) => field.kind === 'reference' && field.required);
}

/** The columns that the filters on the grouped field leave. */
export function shownBoardColumns(columns: BoardColumn[], field: Field, filters: Filter[]): BoardColumn[] {
  const own = filters.filter((filter) => filter.field === field.name);
  return columns.filter((column) => own.every((filter) => isLeft(column, filter)));
}

function isLeft(column: BoardColumn, { operator, value }: Filter): boolean {
  const text = column.value === null ? '' : String(column.value);
  switch (operator) {
    case 'equals': return text === value;
    case 'in': return value.split(',').includes(text);
    case 'not': return text !== value;
    case 'is': return (column.value === null) === (value === 'null');
    default: return true;
  }
}

/** The state of a list that shows what stands in one column. */
export function columnState(state: ListState, field: Field, column: BoardColumn): ListState {
  const others = state.filters.filter((filter) => filter.field !== field.name);
  const own: Filter = column.value === null ? { field: field.name, operator: 'is', value: 'null' } : { field: field.name, operator: 'equals', value: String(column.value) };
  return { ...state, filters: [...others, own] };
}

/** What a card says below its name: a few columns of the list, without those that are said already. */
export function cardFields(entity: Entity, state: ListState, by: Field): Field[] {
  const isSaid = (field: Field) => field.name === entity.display || field.name === by.name;
  const fields = shownColumns(state, entity).filter((field) => !isSaid(field));
  if (state.columns) return fields;
  const amount = sumField(entity);
  const others = fields.filter((field) => field !== amount && field.name !== entity.workflow?.field);
  return [...others.slice(0, amount ? cardFieldsMax - 1 : cardFieldsMax), ...(amount ? [amount] : [])];
}

/** The one amount that is worth adding up: what the list shows, or the total among several. */
export function sumField(entity: Entity): Field | undefined {
  const amounts = proposedColumns(entity).filter((field) => field.kind === 'money');
  return amounts.length === 1 ? amounts[0] : amounts.find((field) => ['total', 'amount', 'value'].includes(field.name));
}

/** The key of the column in which a record stands. */
export function columnOf(row: RecordRow, field: Field): string {
  const value = row[field.name];
  if (value === null || value === undefined || value === '') return 'none';
  return isReference(value) ? String(value.id) : String(value);
}
