import { labelOf, type Catalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';

/** Pairs of fields that together name a record of whatever entity. */
const pairs: [entity: string, id: string][] = [['source_entity', 'source_id'], ['entity', 'record']];

export interface SourceRecord {
  entity: Entity;
  id: number;
  /** The fields that it is read from, which say nothing more. */
  fields: string[];
}

/** The record that this one comes from or belongs to, where there is one that this user may see. */
export function sourceRecordOf(catalogue: Catalogue, record: RecordRow): SourceRecord | null {
  for (const [entityField, idField] of pairs) {
    const entity = catalogue.entity(labelOf(record[entityField]));
    const id = Number(record[idField] ?? 0);
    if (entity && id > 0) return { entity, id, fields: [entityField, idField] };
  }
  return null;
}
