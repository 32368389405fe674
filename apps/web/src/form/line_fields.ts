import type { Field, RecordRow, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { isZero } from '../format/decimal';

/** The columns of lines that say something: a value in some line that no other column says already. */
export function tellingFields(fields: Field[], rows: Value | undefined): Field[] {
  const lines = Array.isArray(rows) ? rows : [];
  return fields.filter((field) => lines.some((line) => isTold(line[field.name])) && !lines.every((line) => repeats(line, field, fields)));
}

function isTold(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '' || value === false) return false;
  return typeof value !== 'string' || !isZero(value);
}

// "Fuel cap, brass" beside the product "Fuel cap, brass", or the order's line beside the product it is of.
function repeats(line: RecordRow, field: Field, fields: Field[]): boolean {
  const text = textOf(line[field.name]);
  const isLess = (other: Field) => other.name === 'product' && other !== field;
  return (field.kind === 'text' || field.kind === 'reference') && fields.some((other) => isLess(other) && textOf(line[other.name]) === text);
}

function textOf(value: Value | undefined): string {
  return isReference(value) ? value.label : String(value ?? '');
}
