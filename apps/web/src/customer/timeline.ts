import { infiniteQueryOptions } from '@tanstack/react-query';
import { read } from '../api/client';
import type { ReportAnswer, ReportRow } from '../api/contract';
import { reportAddress } from '../api/queries';

export const timelineReport = 'crm.timeline';
export const pageRows = 100;
/** What people write down themselves. */
export const loggedKinds = ['call', 'visit', 'note', 'meeting', 'mail', 'letter'];
const usualKinds = [...loggedKinds, 'quote', 'order', 'delivery', 'invoice', 'payment', 'complaint'];

/** The timeline of a party, a page behind the other: each begins behind the entry that was shown last. */
export function timelineQuery(party: number, kind: string) {
  return infiniteQueryOptions({
    queryKey: ['report', timelineReport, party, kind],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ party: String(party), rows: String(pageRows) });
      if (kind) query.set('kind', kind);
      if (pageParam) query.set('before', String(pageParam));
      return read<ReportAnswer>(reportAddress(timelineReport, query), signal);
    },
    initialPageParam: 0,
    getNextPageParam: (last) => (last.rows.length < pageRows ? null : Number(last.rows.at(-1)?.['touchpoint_id'] ?? 0) || null),
  });
}

/** The kinds that can be asked for: the usual ones, and whatever else has been seen. */
export function kindsOf(rows: ReportRow[], chosen: string): string[] {
  const seen = rows.map((row) => String(row['kind'] ?? ''));
  return [...new Set([...usualKinds, chosen, ...seen])].filter(Boolean);
}
