import { describe, expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { Entity, Field, MenuGroup } from '../api/contract';
import type { Draft } from '../form/draft';
import { askedFields, withoutUnasked } from '../form/record_field';
import { customFieldInput } from './custom_field';

const field = (name: string, kind: Field['kind']): Field => ({ name, label: name, kind });
const entity = (name: string, plural: string, menu: MenuGroup, fields: Field[] = []): Entity => ({
  name, title: name, plural, module: name.split('.')[0]!, path: name, display: 'name', creatable: true, editable: true, deletable: true, menu, fields, workflow: null,
});
const customField = entity('fields.custom_field', 'Custom fields', 'setup', ['entity', 'name', 'label', 'kind', 'choices', 'refers_to'].map((name) => field(name, 'text')));
const catalogue = new Catalogue({
  title: 'Tessera', today: '2026-11-22', company: { id: 1, name: 'Demo', currency: 'USD', decimals: 2 }, user: { name: 'a', permissions: [] },
  modules: [{ name: 'catalog', title: 'Catalog' }, { name: 'purchasing', title: 'Purchasing' }], reports: [], pages: [],
  entities: [
    entity('catalog.product', 'Products', 'master_data'), entity('catalog.unit', 'Units', 'setup'), entity('purchasing.order', 'Orders', 'documents'),
    entity('purchasing.order_line', 'Lines', 'hidden'), entity('purchasing.entry', 'Entries', 'ledgers'), customField,
  ],
});
const askedOf = (draft: Draft) => askedFields(catalogue, customField, draft, customFieldInput);

describe('custom fields: what is asked for', () => {
  test.each([
    ['text', ['entity', 'name', 'label', 'kind']],
    ['choice', ['entity', 'name', 'label', 'kind', 'choices']],
    ['reference', ['entity', 'name', 'label', 'kind', 'refers_to']],
  ])('of the kind %s', (kind, names) => expect(askedOf({ kind }).map(({ name }) => name)).toEqual(names));

  test('the entity is chosen among documents and master data, by name', () => {
    expect(askedOf({ kind: 'text' })[0]).toMatchObject({
      kind: 'choice', choices: [{ value: 'purchasing.order', label: 'Purchasing: orders' }, { value: 'catalog.product', label: 'Catalog: products' }],
    });
  });

  test('an entity of a module that is not loaded stays', () => {
    expect(askedOf({ entity: 'repair.job' })[0]?.choices).toContainEqual({ value: 'repair.job', label: 'repair.job' });
  });

  test('what was typed for another kind is not sent', () => {
    const draft = { kind: 'reference', choices: 'Red\nBlue', refers_to: 'catalog.product' };
    expect(withoutUnasked(draft, customField, askedOf(draft))).toEqual({ kind: 'reference', choices: null, refers_to: 'catalog.product' });
  });
});
