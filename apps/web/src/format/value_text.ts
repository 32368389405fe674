import type { InputField, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { formatDecimal } from './decimal';
import { formatInstant } from './day';

export const decimalKinds: ReadonlySet<string> = new Set(['money', 'quantity', 'price', 'rate', 'percent', 'decimal']);
export const rightAligned: ReadonlySet<string> = new Set([...decimalKinds, 'integer']);

export function isRightAligned(kind: string): boolean {
  return rightAligned.has(kind);
}

export function decimalsOf(field: Pick<InputField, 'kind' | 'decimals'>, companyDecimals: number): number {
  if (field.kind === 'money') return field.decimals ?? companyDecimals;
  return field.kind === 'price' ? Math.min(field.decimals ?? companyDecimals, companyDecimals) : 0;
}

/** How a value reads in a list, a report or a history entry. */
export function valueText(value: Value | undefined, field: Pick<InputField, 'kind' | 'decimals' | 'choices'>, companyDecimals = 2): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.length === 1 ? '1 line' : `${value.length} lines`;
  if (isReference(value)) return value.label;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field.kind === 'choice') return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
  if (field.kind === 'instant') return formatInstant(String(value));
  if (field.kind === 'percent') return `${formatDecimal(String(value))} %`;
  if (decimalKinds.has(field.kind)) return formatDecimal(String(value), decimalsOf(field, companyDecimals));
  if (field.kind === 'integer') return formatDecimal(String(value));
  return String(value);
}

/** "part_received" → "Part received", for names that came without a label. */
export function humanised(name: string): string {
  const words = name.replace(/^.*\./, '').replace(/_/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
