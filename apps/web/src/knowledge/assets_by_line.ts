import { useQuery } from '@tanstack/react-query';
import type { Entity, RecordRow } from '../api/contract';
import { isReference } from '../api/contract';
import { listQuery } from '../api/queries';

const linesAtOnce = 60;
const assetsAtOnce = 8;

/** The newest assets, not retired, of which some line is such: a topic of theirs, or a link. Undefined while they are being fetched. */
export function useAssetsByLine(assets: Entity, lines: Entity, conditions: Record<string, string>, narrowing: Record<string, string> = {}): { rows: RecordRow[] | undefined; error: unknown } {
  const found = useQuery(listQuery(lines, new URLSearchParams({ ...conditions, sort: '-id', limit: String(linesAtOnce), fields: 'document', count: 'false' })));
  const ids = [...new Set((found.data?.rows ?? []).flatMap(({ document }) => (isReference(document) ? [document.id] : [])))];
  const wanted = { 'id.in': ids.join(','), 'state.not': 'retired', ...narrowing, sort: '-id', limit: String(assetsAtOnce), fields: 'title,kind,state,owner', count: 'false' };
  const named = useQuery({ ...listQuery(assets, new URLSearchParams(wanted)), enabled: ids.length > 0 });
  return { rows: found.data && ids.length === 0 ? [] : named.data?.rows, error: found.error ?? named.error };
}
