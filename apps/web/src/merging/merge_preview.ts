import type { RecordRow, Reference, Value } from '../api/contract';

export type Side = 'kept' | 'dropped';

/** What GET …/merges/<id>/preview answers. */
export interface MergePreview {
  survivor: Reference;
  duplicate: Reference;
  obstacles: string[];
  fields: { field: string; label: string; kept: Value; dropped: Value; take: Side }[];
  records: { entity: string; title: string; field: string; moved: number; stays: number }[];
}

/** The choices of a merge with this one made: as the whole list of lines, which is how they are saved. */
export function choicesWith(record: RecordRow, field: string, take: Side): { id?: number; field: string; take: string }[] {
  const lines = Array.isArray(record['choices']) ? record['choices'] : [];
  const kept = lines.map((line) => ({ ...(line.id === undefined ? {} : { id: line.id }), field: String(line['field']), take: String(line['take']) }));
  if (kept.some((line) => line.field === field)) return kept.map((line) => (line.field === field ? { ...line, take } : line));
  return [...kept, { field, take }];
}
