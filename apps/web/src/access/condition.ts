import { fieldNamed } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { valueText } from '../format/value_text';

/** How a rule compares, as one says it. */
export const comparisonWords: Record<string, string> = {
  is: 'is (not) empty', eq: 'is', not: 'is not', gt: 'is more than', gte: 'is at least', lt: 'is less than', lte: 'is at most', in: 'is one of', contains: 'contains',
};

export interface Condition {
  field: Field | undefined;
  label: string;
  word: string;
  value: string;
}

/** "supplier eq 42" in the words of the entity: its field, how it is compared, and with what. */
export function conditionFrom(text: string, entity: Entity | undefined): Condition {
  const [, name = '', operation = '', value = ''] = /^(\S+) (\S+) (.*)$/.exec(text) ?? [];
  const field = entity && fieldNamed(entity, name);
  const label = field?.label ?? name;
  if (operation === 'is') return { field, label, word: value === 'null' ? 'is empty' : 'is not empty', value: '' };
  return { field, label, word: comparisonWords[operation] ?? operation, value: valueIn(field, value) };
}

function valueIn(field: Field | undefined, value: string): string {
  if (field?.kind === 'boolean') return value === 'true' ? 'Yes' : 'No';
  return field?.kind === 'choice' ? value.split(',').map((one) => valueText(one, field)).join(', ') : value;
}
