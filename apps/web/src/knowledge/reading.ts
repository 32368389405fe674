import { useQuery } from '@tanstack/react-query';
import { useSession } from '../access/session';
import { useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';

/** Whether who is here has said of this revision that they understood it; null while that is not known. */
export function useHasRead(asset: Entity, id: number, record: RecordRow): boolean | null {
  const readings = useCatalogue().entity('knowledge.reading');
  const reader = useSession()?.user.name ?? '';
  const own = new URLSearchParams({ asset: String(id), revision: String(record['revision'] ?? 0), reader, understood: 'true', limit: '1' });
  const { data } = useQuery({ ...listQuery(readings ?? asset, own), enabled: readings !== undefined && reader !== '' });
  if (!readings) return false;
  return data ? data.rows.length > 0 : null;
}
