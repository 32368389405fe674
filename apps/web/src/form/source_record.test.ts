import { expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Entity } from '../api/contract';
import { sourceRecordOf } from './source_record';

const order = { name: 'purchasing.order', path: 'purchasing/orders' } as Entity;
const catalogue = new Catalogue({ entities: [order], reports: [], pages: [] } as unknown as CatalogueDocument);

test('source: a posting and a letter lead to the record that they are about', () => {
  expect(sourceRecordOf(catalogue, { source_entity: 'purchasing.order', source_id: 4 })).toEqual({ entity: order, id: 4, fields: ['source_entity', 'source_id'] });
  expect(sourceRecordOf(catalogue, { entity: 'purchasing.order', record: 7 })).toEqual({ entity: order, id: 7, fields: ['entity', 'record'] });
});

test('source: nothing is led to that is not there or may not be seen', () => {
  expect(sourceRecordOf(catalogue, { entity: 'sales.order', record: 7 })).toBeNull();
  expect(sourceRecordOf(catalogue, { entity: '', record: 0 })).toBeNull();
  expect(sourceRecordOf(catalogue, { name: 'Ada' })).toBeNull();
});
