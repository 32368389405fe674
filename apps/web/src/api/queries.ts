import { queryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { apiPath, read } from './client';
import type {
  CatalogueDocument, CountsAnswer, Entity, HistoryEntry, ListAnswer, RecordRow, RelatedLink, ReportAnswer,
} from './contract';

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => read<CatalogueDocument>(apiPath('catalogue'), signal),
  staleTime: Infinity,
});

export function listQuery(entity: Entity, parameters: URLSearchParams) {
  const query = parameters.toString();
  return queryOptions({
    queryKey: ['list', entity.name, query],
    queryFn: ({ signal }) => read<ListAnswer>(apiPath(entity.path) + (query ? `?${query}` : ''), signal),
  });
}

export function countQuery(entity: Entity, parameters: Record<string, string>) {
  return listQuery(entity, new URLSearchParams({ ...parameters, limit: '1', fields: entity.display }));
}

/** How many records there are of each value of an enumerated field; of a value that none has, nothing is said. */
export function countsQuery(entity: Entity, field: string) {
  const query = new URLSearchParams({ count_by: field }).toString();
  return queryOptions({
    queryKey: ['list', entity.name, query],
    queryFn: ({ signal }) => read<CountsAnswer>(`${apiPath(entity.path)}?${query}`, signal),
  });
}

export function recordQuery(entity: Entity, id: number) {
  return queryOptions({
    queryKey: ['record', entity.name, id],
    queryFn: ({ signal }) => read<RecordRow>(apiPath(entity.path, id), signal),
  });
}

export function historyQuery(entity: Entity, id: number) {
  return queryOptions({
    queryKey: ['history', entity.name, id],
    queryFn: ({ signal }) => read<{ entries: HistoryEntry[] }>(apiPath(entity.path, id, 'history'), signal),
  });
}

export function relatedQuery(entity: Entity, id: number) {
  return queryOptions({
    queryKey: ['related', entity.name, id],
    queryFn: ({ signal }) => read<{ links: RelatedLink[] }>(apiPath(entity.path, id, 'related'), signal),
  });
}

export function reportAddress(name: string, parameters: URLSearchParams, format?: string): string {
  const query = new URLSearchParams(parameters);
  if (format) query.set('format', format);
  const text = query.toString();
  return apiPath('reports', name) + (text ? `?${text}` : '');
}

export function reportQuery(name: string, parameters: URLSearchParams) {
  const address = reportAddress(name, parameters);
  return queryOptions({
    queryKey: ['report', address],
    queryFn: ({ signal }) => read<ReportAnswer>(address, signal),
  });
}

/** A document's transition may move stock, books and other documents, so everything on screen is read again. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => !['catalogue', 'session'].includes(String(query.queryKey[0])) });
}

export function useRefreshAll(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => refreshAll(client), [client]);
}
