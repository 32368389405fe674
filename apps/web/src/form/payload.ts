import type { Field, InputField, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { isDecimal } from '../format/decimal';
import { isDay } from '../format/day';
import { decimalKinds } from '../format/value_text';
import type { Draft, DraftLine, DraftValue, LineFieldsOf } from './draft';
import { sameValue } from './draft';

export type Payload = { [field: string]: Value | Payload[] };
export type FieldErrors = Record<string, string>;

/** The body that creates a record: what is empty is left out, so that the server's own defaults hold, unless a choice was taken back. */
export function newPayload(draft: Draft, fields: InputField[], lineFieldsOf: LineFieldsOf = () => []): Payload {
  const payload: Payload = {};
  for (const field of writable(fields)) {
    const value = payloadValue(draft[field.name], field, lineFieldsOf);
    if (value !== null || wasTakenBack(field)) payload[field.name] = value;
  }
  return payload;
}

/** The body that changes a record: only what differs; what was emptied is null; lines, when touched, are the whole list. */
export function changedPayload(draft: Draft, base: Draft, fields: InputField[], lineFieldsOf: LineFieldsOf = () => []): Payload {
  const payload: Payload = {};
  for (const field of writable(fields)) {
    if (sameValue(draft[field.name], base[field.name])) continue;
    payload[field.name] = payloadValue(draft[field.name], field, lineFieldsOf);
  }
  return payload;
}

// The form offered the default, and nobody left it standing.
function wasTakenBack(field: InputField): boolean {
  return field.kind === 'choice' && !field.required && field.default !== null && field.default !== undefined && field.default !== '';
}

function writable(fields: InputField[]): InputField[] {
  return fields.filter((field) => !field.read_only);
}

function payloadValue(value: DraftValue | undefined, field: InputField, lineFieldsOf: LineFieldsOf): Value | Payload[] {
  if (Array.isArray(value)) return value.map((line) => linePayload(line, lineFieldsOf(field)));
  if (value === undefined || value === null || value === '') return null;
  if (isReference(value)) return value.id;
  if (field.kind === 'integer') return Number(value);
  return value;
}

function linePayload(line: DraftLine, fields: Field[]): Payload {
  if (line.id === null) return newPayload(line.values, fields);
  const payload: Payload = { id: line.id };
  for (const field of writable(fields)) payload[field.name] = payloadValue(line.values[field.name], field, () => []);
  return payload;
}

/** What can be seen to be wrong before anything is sent, by the path of the field: "supplier", "lines[0].quantity". */
export function errorsOf(draft: Draft, fields: InputField[], lineFieldsOf: LineFieldsOf = () => []): FieldErrors {
  const errors: FieldErrors = {};
  for (const field of writable(fields)) {
    const value = draft[field.name];
    if (Array.isArray(value)) Object.assign(errors, lineErrors(value, field, lineFieldsOf(field)));
    else {
      const error = errorOf(value, field);
      if (error) errors[field.name] = error;
    }
  }
  return errors;
}

function lineErrors(lines: DraftLine[], field: InputField, fields: Field[]): FieldErrors {
  const found: FieldErrors = {};
  lines.forEach((line, index) => {
    for (const [name, error] of Object.entries(errorsOf(line.values, fields))) found[`${field.name}[${index}].${name}`] = error;
  });
  return found;
}

function errorOf(value: DraftValue | undefined, field: InputField): string | null {
  if (value === undefined || value === null || value === '') return field.required ? `Enter ${lowered(field.label)}.` : null;
  if (typeof value !== 'string') return null;
  if (decimalKinds.has(field.kind) && !isDecimal(value)) return 'Enter a number, such as 1234.50.';
  if (field.kind === 'integer' && !/^-?\d{1,15}$/.test(value)) return 'Enter a whole number.';
  if (field.kind === 'date' && !isDay(value)) return 'Enter a day as year-month-day, such as 2026-01-31.';
  return null;
}

// "Supplier" reads better inside a sentence as "supplier"; abbreviations such as "VAT" stay.
function lowered(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
