import { describe, expect, test } from 'vitest';
import type { Entity, Field } from '../api/contract';
import { choiceOf, filterFrom, operatorsFor, parameterOf } from './filters';
import { addressQuery, apiQuery, listStateFrom, shownColumns, sortToggled, windowQuery } from './list_state';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field =>
  ({ name, label: name, kind, in_list: true, filterable: true, sortable: true, ...more });

const orders: Entity = {
  name: 'purchasing.order', title: 'Purchase order', plural: 'Purchase orders', module: 'purchasing', path: 'purchasing/orders',
  display: 'number', creatable: true, editable: true, deletable: false, menu: 'documents',
  fields: [
    field('number', 'text'),
    field('supplier', 'reference', { entity: 'directory.party' }),
    field('date', 'date'),
    field('total', 'money', { currency_field: 'currency' }),
    field('currency', 'text', { in_list: false }),
    field('state', 'choice'),
    field('lines', 'lines', { in_list: false }),
  ],
  workflow: { field: 'state', states: [], transitions: [] },
};

describe('list: its state lives in the address', () => {
  test('an address read and written again is the same address', () => {
    const address = '?search=bike&supplier=12&date.gte=2026-01-01&state.in=draft%2Capproved&sort=-date%2Cnumber&columns=number%2Ctotal';
    expect(addressQuery(listStateFrom(address, orders))).toBe(address);
  });

  test('a board stands in the address beside the filters, and the API hears nothing of it', () => {
    const address = '?search=bike&state=draft&view=board&by=supplier';
    const state = listStateFrom(address, orders);
    expect(state.board).toBe('supplier');
    expect(addressQuery(state)).toBe(address);
    expect(apiQuery(state).toString()).toBe('search=bike&state=draft');
    expect(addressQuery({ ...state, board: null })).toBe('?search=bike&state=draft');
    expect(listStateFrom('?view=board', orders).board).toBe('');
  });

  test('an empty state is an empty query', () => {
    expect(addressQuery(listStateFrom('', orders))).toBe('');
  });

  test('what the list does not know is left out, never sent to the server', () => {
    const state = listStateFrom('?colour=red&date.like=2026&sort=colour&columns=number,colour,lines', orders);
    expect(state).toEqual({ search: '', filters: [], sort: [], columns: ['number'], board: null, calendar: null });
  });

  test('the API gets filters and order, but no columns', () => {
    const state = listStateFrom('?total.gte=100&columns=number', orders);
    expect(apiQuery(state).toString()).toBe('total.gte=100');
  });

  test('a window asks for the shown columns, the name, the state and the currency of amounts', () => {
    const query = windowQuery(listStateFrom('?columns=total', orders), orders);
    expect(query.get('fields')?.split(',').sort()).toEqual(['currency', 'number', 'state', 'total']);
  });

  test('the catalogue proposes the columns', () => {
    const names = shownColumns(listStateFrom('', orders), orders).map((column) => column.name);
    expect(names).toEqual(['number', 'supplier', 'date', 'total', 'state']);
  });
});

describe('list: sorting', () => {
  const key = (column: string, isDescending = false) => ({ column, isDescending });
  test.each([
    [[], 'date', false, [key('date')]],
    [[key('date')], 'date', false, [key('date', true)]],
    [[key('date', true)], 'date', false, []],
    [[key('date')], 'number', false, [key('number')]],
    [[key('date')], 'number', true, [key('date'), key('number')]],
    [[key('date'), key('number')], 'date', true, [key('date', true), key('number')]],
  ])('%j by %s (adds %s)', (before, column, adds, after) => {
    expect(sortToggled(before, column, adds)).toEqual(after);
  });
});

describe('list: typed operators', () => {
  test.each([
    ['text', 'contains'], ['choice', 'in'], ['reference', 'equals'], ['date', 'gte'], ['money', 'gte'], ['boolean', 'equals'],
  ] as const)('%s starts with %s', (kind, operator) => {
    expect(operatorsFor(kind)[0]?.operator).toBe(operator);
  });

  test('lines cannot be filtered', () => expect(operatorsFor('lines')).toEqual([]));

  test('a filter is one parameter', () => {
    expect(parameterOf({ field: 'supplier', operator: 'equals', value: '12' })).toBe('supplier');
    expect(parameterOf({ field: 'date', operator: 'gte', value: '2026-01-01' })).toBe('date.gte');
    expect(filterFrom('number.contains', 'PO', orders.fields)).toEqual({ field: 'number', operator: 'contains', value: 'PO' });
    expect(filterFrom('nothing', '1', orders.fields)).toBeNull();
  });

  test('empty and not empty are told apart by their value', () => {
    expect(choiceOf({ field: 'number', operator: 'is', value: 'null' }, 'text')?.label).toBe('is empty');
    expect(choiceOf({ field: 'number', operator: 'is', value: 'not_null' }, 'text')?.label).toBe('is not empty');
  });
});
