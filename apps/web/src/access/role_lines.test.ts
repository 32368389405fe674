import { expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Entity, Field } from '../api/contract';
import { conditionFrom } from './condition';
import { roleLineField } from './role_lines';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name, label: name.charAt(0).toUpperCase() + name.slice(1), kind, ...more });
const order = {
  name: 'purchasing.order', title: 'Purchase order', plural: 'Purchase orders', module: 'purchasing', path: 'purchasing/orders', display: 'number', menu: 'documents',
  fields: [field('supplier', 'reference', { entity: 'directory.party' }), field('state', 'choice', { choices: [{ value: 'draft', label: 'Draft' }] }), field('urgent', 'boolean'), field('lines', 'lines')],
} as unknown as Entity;
const hidden = { ...order, name: 'purchasing.order_line', path: 'purchasing/order_lines', menu: 'hidden' } as Entity;
const catalogue = new Catalogue({ modules: [{ name: 'purchasing', title: 'Purchasing' }], entities: [order, hidden], reports: [], pages: [] } as unknown as CatalogueDocument);
const offered = (name: string, values: Record<string, string>) => {
  const shown = roleLineField(catalogue, field(name, 'text'), { key: 'line', id: null, values });
  return shown.kind === 'choice' ? shown.choices?.map((choice) => choice.value) : shown.entity ?? shown.kind;
};

test('roles: a rule chooses among the entities that are shown, then among the fields of the one it names', () => {
  expect(offered('entity', {})).toEqual(['purchasing.order']);
  expect(offered('field', { entity: 'purchasing.order' })).toEqual(['supplier', 'state', 'urgent']);
  expect(offered('field', {})).toEqual([]);
});

test('roles: a value is chosen where the field says what there is, and typed elsewhere', () => {
  expect(offered('value', { entity: 'purchasing.order', field: 'state' })).toEqual(['draft']);
  expect(offered('value', { entity: 'purchasing.order', field: 'urgent' })).toEqual(['true', 'false']);
  expect(offered('value', { entity: 'purchasing.order', field: 'supplier' })).toBe('directory.party');
  expect(offered('value', { entity: 'purchasing.order', field: 'supplier', operation: 'is' })).toEqual(['null', 'not_null']);
  expect(offered('value', { entity: 'purchasing.order', field: 'supplier', operation: 'in' })).toBe('text');
  expect(offered('value', {})).toBe('text');
});

test('roles: what stands there stays, though no module that is loaded knows it', () => {
  expect(offered('entity', { entity: 'rental.contract' })).toEqual(['purchasing.order', 'rental.contract']);
});

test.each([
  ['supplier eq 42', 'Supplier', 'is', '42'],
  ['state in draft,paid', 'State', 'is one of', 'Draft, paid'],
  ['urgent not true', 'Urgent', 'is not', 'Yes'],
  ['supplier is not_null', 'Supplier', 'is not empty', ''],
  ['gone gte 5 kg', 'gone', 'is at least', '5 kg'],
])('rights: %s', (text, label, word, value) => {
  expect(conditionFrom(text, order)).toMatchObject({ label, word, value });
});
