import { queryOptions } from '@tanstack/react-query';
import { apiPath, read } from '../api/client';
import type { Entity } from '../api/contract';
import { Problem } from '../api/problem';

export interface Attachment {
  id: number;
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  added_at: string;
  added_by: string;
}

export const bytesMax = 32 * 1024 * 1024;
const previewBytesMax = 8 * 1024 * 1024;
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function attachmentsPath(entity: Entity, id: number): string {
  return apiPath(entity.path, id, 'attachments');
}

export function attachmentsQuery(entity: Entity, id: number) {
  return queryOptions({
    queryKey: ['attachments', entity.name, id],
    queryFn: ({ signal }) => read<{ rows: Attachment[] }>(attachmentsPath(entity, id), signal),
  });
}

/** What a browser shows in place; the rest it saves. */
export function isShown({ media_type }: Pick<Attachment, 'media_type'>): boolean {
  return pictures.has(media_type) || media_type === 'text/plain';
}

export function hasPreview({ media_type, size }: Pick<Attachment, 'media_type' | 'size'>): boolean {
  return pictures.has(media_type) && size <= previewBytesMax;
}

/** "PDF", for a file without a preview. */
export function endingOf(name: string): string {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
}

/** What need not be sent to be refused. */
export function refusalOf(file: Pick<File, 'name' | 'size'>): Problem | null {
  if (file.size <= bytesMax) return null;
  const detail = `To attach ${file.name}, make it smaller: it has ${Math.ceil(file.size / 1024 ** 2)} MiB, and ${bytesMax / 1024 ** 2} are the most.`;
  return new Problem({ status: 413, code: 'attachments.too_large', detail });
}

/** Whether the same file, sent again, may be taken. */
export function mayBeTaken(problem: unknown): boolean {
  return !(problem instanceof Problem) || problem.status >= 500;
}
