import type { Catalogue } from '../api/catalogue';
import type { Choice, Entity, Field } from '../api/contract';
import { entityChoices } from '../api/entity_choices';
import type { DraftLine } from '../form/draft';
import { offering } from '../form/offering';
import { comparisonWords } from './condition';

/**
 * A line of a role names an entity and one of its fields as text. What is offered for them comes from the catalogue: every entity,
 * then the fields of the entity that the line names, then what fits that field: its choices, yes or no, records, or any text.
 */
export function roleLineField(catalogue: Catalogue, field: Field, line: DraftLine): Field {
  const entity = catalogue.entity(String(line.values['entity'] ?? ''));
  const chosen = entity?.fields.find((candidate) => candidate.name === line.values['field']);
  if (field.name === 'entity') return offering(field, entityChoices(catalogue, isShown), line.values['entity']);
  if (field.name === 'field') return offering(field, entity ? fieldChoices(entity) : [], line.values['field']);
  if (field.name === 'operation') return { ...field, choices: (field.choices ?? []).map(({ value, label }) => ({ value, label: comparisonWords[value] ?? label })) };
  if (field.name === 'value') return valueField(field, chosen, line);
  return field;
}

const yesOrNo = [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }];
const emptyOrNot = [{ value: 'null', label: 'Empty' }, { value: 'not_null', label: 'Not empty' }];

function valueField(field: Field, chosen: Field | undefined, line: DraftLine): Field {
  const operation = line.values['operation'];
  if (operation === 'is') return offering(field, emptyOrNot, line.values['value']);
  if (operation === 'in' || !chosen) return field;
  if (chosen.choices) return offering(field, chosen.choices, line.values['value']);
  if (chosen.kind === 'boolean') return offering(field, yesOrNo, line.values['value']);
  return chosen.kind === 'reference' ? { ...field, entity: chosen.entity ?? null } : field;
}

function isShown({ menu }: Entity): boolean {
  return menu !== 'hidden';
}

function fieldChoices(entity: Entity): Choice[] {
  return entity.fields.filter((field) => field.kind !== 'lines').map((field) => ({ value: field.name, label: field.label }));
}
