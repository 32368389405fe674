import { queryOptions } from '@tanstack/react-query';
import { apiPath, readList } from '../api/client';
import { labelOf } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { sumDecimals } from '../format/decimal';
import { apiQuery, type ListState } from '../list/list_state';

/** Longer columns are not added up: that is what reports are for. */
export const summedMax = 10_000;
const pageSize = 500;

/** One sum for each currency; amounts without a currency of their own are in that of the company. */
export type Sums = { currency: string; amount: string }[];

/** What a column adds up to: its amounts alone, read page after page while nothing else waits. */
export function columnSumQuery(entity: Entity, state: ListState, field: Field, total: number) {
  const query = apiQuery({ ...state, sort: [] });
  const currency = entity.fields.some((other) => other.name === field.currency_field) ? field.currency_field : null;
  query.set('fields', [field.name, currency].filter(Boolean).join(','));
  query.set('limit', String(pageSize));
  query.set('count', 'false');
  return queryOptions({
    queryKey: ['board_sum', entity.name, query.toString(), total],
    queryFn: async ({ signal }) => {
      const rows: RecordRow[] = [];
      for (let offset = 0; offset < total; offset += pageSize) {
        query.set('offset', String(offset));
        rows.push(...(await readList(`${apiPath(entity.path)}?${query}`, signal)).rows);
      }
      return sumsOf(rows, field.name, currency ?? null);
    },
  });
}

export function sumsOf(rows: RecordRow[], amount: string, currency: string | null): Sums {
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const key = currency ? labelOf(row[currency]) : '';
    const value = row[amount];
    if (typeof value === 'string' && value !== '') {
      const amounts = found.get(key);
      if (amounts) amounts.push(value);
      else found.set(key, [value]);
    }
  }
  return [...found].map(([key, amounts]) => ({ currency: key, amount: sumDecimals(amounts) }));
}
