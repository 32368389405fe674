import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { apiPath, readList } from '../api/client';
import type { Entity, ListAnswer, RecordRow } from '../api/contract';

const usualPageSize = 100;
const settleMs = 60;

/**
 * A list of any length, fetched in windows of a hundred rows, or of so many, as they come into view. The first window also counts;
 * windows that were scrolled past before they were asked for are never asked for.
 */
export function useWindowedRows(entity: Entity, query: URLSearchParams, pageSize = usualPageSize) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const base = query.toString();

  const head = useQuery({
    queryKey: ['list', entity.name, 'window', base, pageSize, 0],
    queryFn: ({ signal }) => fetchWindow(entity, base, 0, pageSize, signal),
    placeholderData: keepPreviousData,
  });

  const total = head.data?.total ?? head.data?.rows.length ?? 0;
  const pages = pagesBetween(range.first, Math.min(range.last, Math.max(total - 1, 0)), pageSize);
  const windows = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['list', entity.name, 'window', base, pageSize, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => settled(signal).then(() => fetchWindow(entity, base, page, pageSize, signal)),
      enabled: !head.isPlaceholderData,
    })),
    combine: (results) => ({
      answers: results.map((result) => result.data),
      error: results.find((result) => result.error)?.error ?? null,
    }),
  });

  const rowAt = (index: number): RecordRow | undefined => {
    const page = Math.floor(index / pageSize);
    const answer = page === 0 ? head.data : windows.answers[pages.indexOf(page)];
    return answer?.rows[index - page * pageSize];
  };
  const onWindow = useCallback(
    (first: number, last: number) =>
      setRange((now) => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );

  return {
    total,
    rowAt,
    onWindow,
    range,
    secondsBehind: head.data?.seconds_behind ?? 0,
    isLoading: head.isPending,
    /** What is shown is still the answer to the query before. */
    isOfAnother: head.isPlaceholderData,
    isBusy: head.isFetching,
    error: head.error ?? windows.error,
  };
}

function pagesBetween(first: number, last: number, pageSize: number): number[] {
  const from = Math.floor(first / pageSize);
  const to = Math.floor(last / pageSize);
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset).filter((page) => page > 0);
}

function fetchWindow(entity: Entity, base: string, page: number, pageSize: number, signal: AbortSignal): Promise<ListAnswer> {
  const query = new URLSearchParams(base);
  query.set('limit', String(pageSize));
  if (page > 0) {
    query.set('offset', String(page * pageSize));
    query.set('count', 'false');
  }
  return readList(`${apiPath(entity.path)}?${query}`, signal);
}

function settled(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, settleMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
