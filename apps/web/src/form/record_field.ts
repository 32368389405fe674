import type { Catalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import type { Draft } from './draft';

/** A field as it is to be entered in this record, with choices that the catalogue gives; null where it has no meaning for what the record says. */
export type RecordFieldOf = (catalogue: Catalogue, field: Field, draft: Draft) => Field | null;

/** The fields that are asked for. */
export function askedFields(catalogue: Catalogue, entity: Entity, draft: Draft, fieldOf: RecordFieldOf | undefined): Field[] {
  return fieldOf ? entity.fields.map((field) => fieldOf(catalogue, field, draft)).filter((field) => field !== null) : entity.fields;
}

/** What was typed into fields that are no longer asked for stays in the form, and is not sent. */
export function withoutUnasked(draft: Draft, entity: Entity, asked: Field[]): Draft {
  const ready = { ...draft };
  for (const { name, kind } of entity.fields) if (!asked.some((field) => field.name === name)) ready[name] = kind === 'lines' ? [] : null;
  return ready;
}
