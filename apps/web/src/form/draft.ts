import type { Field, InputField, RecordRow, Reference, Value } from '../api/contract';
import { isReference } from '../api/contract';

/** A record while it is being edited. Numbers stay the text that was typed; lines carry a key of their own until saved. */
export type DraftValue = string | boolean | null | Reference | DraftLine[];

export interface Draft {
  [field: string]: DraftValue;
}

export interface DraftLine {
  key: string;
  id: number | null;
  values: Draft;
}

export type LineFieldsOf = (field: InputField) => Field[];

let lineKeys = 0;

export function draftFrom(record: RecordRow | null, fields: InputField[], lineFieldsOf: LineFieldsOf = () => []): Draft {
  const draft: Draft = {};
  for (const field of fields) {
    const value = record ? record[field.name] : (field.default as Value | undefined);
    draft[field.name] = field.kind === 'lines' ? linesFrom(value, lineFieldsOf(field)) : draftValue(value, field);
  }
  return draft;
}

function linesFrom(value: Value | undefined, fields: Field[]): DraftLine[] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => ({ key: row.id === undefined ? newKey() : `saved-${row.id}`, id: row.id ?? null, values: draftFrom(row, fields) }));
}

export function blankLine(fields: Field[]): DraftLine {
  return { key: newKey(), id: null, values: draftFrom(null, fields) };
}

function newKey(): string {
  lineKeys += 1;
  return `line-${lineKeys}`;
}

function draftValue(value: Value | undefined, field: InputField): DraftValue {
  if (field.kind === 'boolean') return value === true;
  if (value === null || value === undefined || Array.isArray(value)) return null;
  if (field.kind === 'reference') return isReference(value) ? value : { id: Number(value), label: '' };
  return isReference(value) ? value.label : String(value);
}

export function linesOf(draft: Draft, field: string): DraftLine[] {
  const value = draft[field];
  return Array.isArray(value) ? value : [];
}

/** A new line in which nothing was entered beyond what it started with. */
export function isBlank(line: DraftLine, fields: Field[]): boolean {
  if (line.id !== null) return false;
  const start = draftFrom(null, fields);
  return fields.every((field) => field.read_only || sameValue(line.values[field.name], start[field.name]));
}

export function sameValue(left: DraftValue | undefined, right: DraftValue | undefined): boolean {
  return JSON.stringify(comparable(left)) === JSON.stringify(comparable(right));
}

function comparable(value: DraftValue | undefined): unknown {
  // Nothing, or a box without its tick: a field that a record did not have yet is no change of it.
  if (value === undefined || value === '' || value === null || value === false) return null;
  if (Array.isArray(value)) return value.map((line) => [line.id, comparableValues(line.values)]);
  return isReference(value) ? value.id : value;
}

function comparableValues(values: Draft): unknown {
  return Object.keys(values).sort().map((name) => [name, comparable(values[name])]).filter(([, value]) => value !== null);
}

export function isChanged(draft: Draft, base: Draft, fields: InputField[]): boolean {
  return fields.some((field) => !field.read_only && !sameValue(draft[field.name], base[field.name]));
}
