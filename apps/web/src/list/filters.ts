import type { Field, Kind } from '../api/contract';

/** One condition on one column, as the API takes it: `field=value` or `field.operator=value`. */
export interface Filter {
  field: string;
  operator: Operator;
  value: string;
}

export type Operator = 'equals' | 'not' | 'gte' | 'gt' | 'lte' | 'lt' | 'in' | 'contains' | 'is';

export interface OperatorChoice {
  operator: Operator;
  /** The only value of an operator that takes none from the reader, such as "is empty". */
  fixed?: string;
  label: string;
}

const empty: OperatorChoice[] = [
  { operator: 'is', fixed: 'null', label: 'is empty' },
  { operator: 'is', fixed: 'not_null', label: 'is not empty' },
];
const ordered: OperatorChoice[] = [
  { operator: 'gte', label: 'at least' },
  { operator: 'lte', label: 'at most' },
  { operator: 'equals', label: 'equals' },
  { operator: 'not', label: 'is not' },
  { operator: 'gt', label: 'more than' },
  { operator: 'lt', label: 'less than' },
];
const dated: OperatorChoice[] = [
  { operator: 'gte', label: 'from' },
  { operator: 'lte', label: 'until' },
  { operator: 'equals', label: 'on' },
  { operator: 'gt', label: 'after' },
  { operator: 'lt', label: 'before' },
];

export function operatorsFor(kind: Kind): OperatorChoice[] {
  switch (kind) {
    case 'text':
      return [
        { operator: 'contains', label: 'contains' },
        { operator: 'equals', label: 'equals' },
        { operator: 'not', label: 'is not' },
        ...empty,
      ];
    case 'boolean':
      return [
        { operator: 'equals', fixed: 'true', label: 'is yes' },
        { operator: 'equals', fixed: 'false', label: 'is no' },
      ];
    case 'choice':
      return [{ operator: 'in', label: 'is one of' }, { operator: 'not', label: 'is not' }, ...empty];
    case 'reference':
      return [{ operator: 'equals', label: 'is' }, { operator: 'not', label: 'is not' }, ...empty];
    case 'date':
    case 'instant':
      return [...dated, ...empty];
    case 'lines':
      return [];
    default:
      return [...ordered, ...empty];
  }
}

export function choiceOf(filter: Filter, kind: Kind): OperatorChoice | undefined {
  const choices = operatorsFor(kind).filter((choice) => choice.operator === filter.operator);
  return choices.find((choice) => choice.fixed === filter.value) ?? choices.find((choice) => choice.fixed === undefined);
}

export function parameterOf(filter: Filter): string {
  return filter.operator === 'equals' ? filter.field : `${filter.field}.${filter.operator}`;
}

const operators: ReadonlySet<string> = new Set(['not', 'gte', 'gt', 'lte', 'lt', 'in', 'contains', 'is']);

/** Reads a query parameter as a filter; null when it names no filterable field of the list. */
export function filterFrom(parameter: string, value: string, fields: Field[]): Filter | null {
  const dot = parameter.lastIndexOf('.');
  const name = dot < 0 ? parameter : parameter.slice(0, dot);
  const operator = dot < 0 ? 'equals' : parameter.slice(dot + 1);
  if (!fields.some((field) => field.name === name)) return null;
  if (operator !== 'equals' && !operators.has(operator)) return null;
  return { field: name, operator: operator as Operator, value };
}

/** Every parameter of an address that is a filter of these fields. */
export function filtersFrom(query: URLSearchParams, fields: Field[]): Filter[] {
  return [...query].flatMap(([name, value]) => filterFrom(name, value, fields) ?? []);
}
