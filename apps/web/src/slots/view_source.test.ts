import { describe, expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Field, View } from '../api/contract';
import { destinationOf } from '../shell/addresses';
import { filledParameters, viewSource } from './view_source';

const field = (name: string, kind: Field['kind']): Field => ({ name, label: name, kind, in_list: true });
const catalogue = new Catalogue({
  title: 'Tessera', today: '2026-11-22',
  company: { id: 1, name: 'Demo', currency: 'USD', decimals: 2 },
  user: { name: 'a', permissions: [] },
  modules: [{ name: 'warranty', title: 'Warranty claims' }],
  reports: [{ name: 'warranty.cost', title: 'Cost', module: 'warranty', parameters: [field('product', 'reference'), field('from', 'date')] }],
  pages: [
    { path: 'warranty/cost', title: 'Cost', report: 'warranty.cost', views: [] },
    { path: 'warranty/overview', title: 'Overview', report: null, views: [{ ...({} as View), kind: 'report' }] },
  ],
  entities: [{
    name: 'warranty.claim', title: 'Claim', plural: 'Claims', module: 'warranty', path: 'warranty/claims', display: 'number', creatable: true,
    editable: true, deletable: true, menu: 'documents', fields: [field('number', 'text'), field('product', 'reference'), field('state', 'choice')], workflow: null,
  }],
} satisfies CatalogueDocument);

const view = (more: Partial<View>): View => ({ title: null, kind: 'report', report: 'warranty.cost', entity: null, parameters: {}, column: null, chart: null, ...more });
const list = (parameters: Record<string, string>) => view({ kind: 'list', report: null, entity: 'warranty.claim', parameters });

describe('slots: parameters are filled from the record', () => {
  const record = { id: 7, version: 1, supplier: { id: 12, label: 'Atlas Steel' }, name: 'Chain', active: false, price: '0.50', note: null, unit: '' };

  test.each([
    ['the id', { product: '=id' }, { product: '7' }],
    ['a reference gives its id', { party: '=supplier' }, { party: '12' }],
    ['a text as it is', { name: '=name' }, { name: 'Chain' }],
    ['a decimal keeps its digits', { price: '=price' }, { price: '0.50' }],
    ['no is a value', { active: '=active' }, { active: 'false' }],
    ['what does not begin with = is meant literally', { from: '2026-01-01', state: 'open' }, { from: '2026-01-01', state: 'open' }],
    ['nothing to fill', {}, {}],
  ])('%s', (_, parameters, expected) => expect(filledParameters(parameters, record)).toEqual(expected));

  test.each([['=note'], ['=unit'], ['=unknown']])('%s is empty, so that nothing is asked for', (text) => {
    expect(filledParameters({ product: text, from: '2026-01-01' }, record)).toBeNull();
  });
});

describe('slots: a view leads to all that it is a part of', () => {
  test('a report with its parameters', () => {
    expect(viewSource(catalogue, view({ parameters: { product: '=id' } }), { id: 7 }))
      .toMatchObject({ kind: 'report', address: '/warranty/cost?product=7', isBlank: false });
  });

  test('a list with its filters', () => {
    const source = viewSource(catalogue, list({ product: '=id', 'state.in': 'open,accepted' }), { id: 7 });
    expect(source?.address).toBe('/warranty/claims?product=7&state.in=open%2Caccepted');
  });

  test('a record without what it depends on is blank', () => {
    expect(viewSource(catalogue, list({ product: '=part' }), { id: 7, part: null })?.isBlank).toBe(true);
  });

  test('a page with views is drawn from them, one without stands for its report', () => {
    expect(destinationOf(catalogue, '/warranty/overview')).toMatchObject({ page: 'declared' });
    expect(destinationOf(catalogue, '/warranty/cost')).toEqual({ page: 'report', name: 'warranty.cost' });
    expect(catalogue.declaredPagesOf('warranty').map((page) => page.path)).toEqual(['warranty/overview']);
  });
});

describe('slots: what cannot be shown is left out', () => {
  test.each<[string, View]>([
    ['an unknown kind', view({ kind: 'map' })],
    ['a report that is not in the catalogue', view({ report: 'warranty.secret' })],
    ['an entity that is not in the catalogue', { ...list({}), entity: 'warranty.secret' }],
    ['a list narrowed by a field that is not shown', list({ customer: '5' })],
    ['a figure of no column', view({ kind: 'figure' })],
    ['a chart of an unknown shape', view({ kind: 'chart', chart: { shape: 'radar', x: 'month', y: ['cost'] } })],
    ['a view of a record where there is none', view({ parameters: { product: '=id' } })],
  ])('%s', (_, unknown) => expect(viewSource(catalogue, unknown)).toBeNull());
});
