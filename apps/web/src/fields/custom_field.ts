import type { Catalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { entityChoices } from '../api/entity_choices';
import type { Draft } from '../form/draft';
import { offering } from '../form/offering';

/** Fields that only one kind of custom field has. */
const kindOf: Record<string, string> = { choices: 'choice', refers_to: 'reference' };

/** A custom field names the entity it belongs to, and perhaps one that it refers to: both are chosen among what has pages of its own. */
export function customFieldInput(catalogue: Catalogue, field: Field, draft: Draft): Field | null {
  if (field.name === 'entity') return offering(field, entityChoices(catalogue, isOffered), draft['entity']);
  const kind = kindOf[field.name];
  if (kind && draft['kind'] !== kind) return null;
  // Without it a choice would offer nothing, and a reference would lead nowhere.
  const asked = kind ? { ...field, required: true } : field;
  return field.name === 'refers_to' ? offering(asked, entityChoices(catalogue, isOffered), draft['refers_to']) : asked;
}

function isOffered({ menu }: Entity): boolean {
  return menu === 'documents' || menu === 'master_data';
}
