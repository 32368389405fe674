import { describe, expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Entity, Field, Transition } from '../api/contract';
import { listStateFrom } from '../list/list_state';
import { boardField, boardFields, cardFields, choiceColumns, columnOf, columnsQuery, columnState, referenceColumns, shownBoardColumns, sumField, type BoardColumn } from './board_fields';
import { arrowMove } from './board_keys';
import { sumsOf } from './column_sum';
import { moveOf } from './move_rule';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name, label: name, kind, in_list: true, filterable: true, ...more });
const transition = (name: string, from: string[], to: string, more: Partial<Transition> = {}): Transition => ({ name, label: name, from, to, permitted: true, input: [], ...more });
const entity = (name: string, fields: Field[], more: Partial<Entity> = {}): Entity => ({
  name, title: name, plural: name, module: 'crm', path: name, display: 'title', creatable: true, editable: true, deletable: false, menu: 'documents', fields, workflow: null, ...more,
});

const stages = entity('crm.stage', [field('pipeline', 'reference', { entity: 'crm.pipeline', required: true }), field('position', 'integer'), field('name', 'text')], { display: 'name', menu: 'setup' });
const parties = entity('directory.party', [field('name', 'text')], { display: 'name', menu: 'master_data' });
const opportunities = entity('crm.opportunity', [
  field('title', 'text'), field('state', 'choice', { read_only: true }), field('party', 'reference', { entity: 'directory.party', required: true }),
  field('pipeline', 'reference', { entity: 'crm.pipeline', in_list: false }), field('stage', 'reference', { entity: 'crm.stage', read_only: true }),
  field('source', 'choice', { choices: [{ value: 'web', label: 'Web' }, { value: 'fair', label: 'Fair' }] }), field('owner', 'text'), field('city', 'text'), field('amount', 'money', { currency_field: 'currency' }),
], {
  workflow: {
    field: 'state',
    states: [{ name: 'open', label: 'Open', editable: true }, { name: 'won', label: 'Won', editable: false }, { name: 'lost', label: 'Lost', editable: false }],
    transitions: [
      transition('move', ['open'], 'open', { input: [field('stage', 'reference')] }),
      transition('win', ['open'], 'won'),
      transition('lose', ['open'], 'lost', { destructive: true }),
      transition('reopen', ['won', 'lost'], 'open', { permitted: false }),
    ],
  },
});
const catalogue = new Catalogue({ entities: [stages, parties, opportunities], reports: [], pages: [], modules: [] } as unknown as CatalogueDocument);
const named = (name: string) => opportunities.fields.find((candidate) => candidate.name === name)!;
const row = { id: 7, version: 3, title: 'Fleet', state: 'open', stage: { id: 1, label: 'Contacted' }, source: null };
const to = (value: BoardColumn['value']): BoardColumn => ({ key: String(value), label: String(value), value });

describe('board: by what it can be grouped', () => {
  test('the state, choices and references are offered, texts and references to what is not seen are not', () => {
    expect(boardFields(opportunities, catalogue).map(({ name }) => name)).toEqual(['state', 'party', 'stage', 'source']);
  });

  test('first by what a transition moves, then by the state, then by a choice', () => {
    const of = (one: Entity) => boardField(one, catalogue, '')?.name;
    expect(of(opportunities)).toBe('stage');
    expect(of({ ...opportunities, workflow: { ...opportunities.workflow!, transitions: [] } })).toBe('state');
    expect(of({ ...opportunities, workflow: null })).toBe('source');
    expect(of(parties)).toBeUndefined();
    expect(boardField(opportunities, catalogue, 'source')?.name).toBe('source');
    expect(boardField(opportunities, catalogue, 'owner')?.name).toBe('stage');
  });
});

describe('board: its columns', () => {
  test('states and choices have theirs in the order of their declaration', () => {
    expect(choiceColumns(opportunities, named('state')).map(({ label }) => label)).toEqual(['Open', 'Won', 'Lost']);
    expect(choiceColumns(opportunities, named('source')).map(({ key }) => key)).toEqual(['web', 'fair']);
  });

  test('records that somebody has put in order stand in it, narrowed as the list is', () => {
    const query = columnsQuery(stages, opportunities, [{ field: 'pipeline', operator: 'equals', value: '2' }]);
    expect(query.get('sort')).toBe('pipeline,position');
    expect(query.get('pipeline')).toBe('2');
    expect(columnsQuery(parties, opportunities, []).get('sort')).toBe('name');
  });

  test('columns of like name are told apart by what they belong to', () => {
    const pipeline = (label: string) => ({ id: 1, label });
    const rows = [{ id: 1, name: 'Offered', pipeline: pipeline('Sales') }, { id: 2, name: 'Offered', pipeline: pipeline('Export') }, { id: 3, name: 'Agreed', pipeline: pipeline('Export') }];
    expect(referenceColumns(stages, rows).map(({ label }) => label)).toEqual(['Offered · Sales', 'Offered · Export', 'Agreed']);
  });

  test('a filter on the grouped field leaves its columns, and a column replaces it by its own', () => {
    const state = listStateFrom('?state.in=open,lost&party=4&view=board', opportunities);
    const columns = choiceColumns(opportunities, named('state'));
    expect(shownBoardColumns(columns, named('state'), state.filters).map(({ key }) => key)).toEqual(['open', 'lost']);
    expect(columnState(state, named('state'), to('lost')).filters).toEqual([{ field: 'party', operator: 'equals', value: '4' }, { field: 'state', operator: 'equals', value: 'lost' }]);
    expect(columnState(state, named('source'), { key: 'none', label: '', value: null }).filters.at(-1)).toEqual({ field: 'source', operator: 'is', value: 'null' });
  });

  test('a card says a few columns, the amount last, not what the column says; chosen columns it says all', () => {
    const shown = (address: string, by: string) => cardFields(opportunities, listStateFrom(address, opportunities), named(by)).map(({ name }) => name);
    expect(shown('', 'stage')).toEqual(['party', 'source', 'owner', 'amount']);
    expect(shown('?columns=title,city,owner,party,source,state,amount', 'state')).toEqual(['city', 'owner', 'party', 'source', 'amount']);
  });

  test('one amount is added up, in each currency for itself and to the last digit', () => {
    expect(sumField(opportunities)?.name).toBe('amount');
    const rows = [{ amount: '90071992547409.93', currency: 'EUR' }, { amount: '0.09', currency: 'EUR' }, { amount: '5.00', currency: 'USD' }, { amount: null, currency: 'USD' }];
    expect(sumsOf(rows, 'amount', 'currency')).toEqual([{ currency: 'EUR', amount: '90071992547410.02' }, { currency: 'USD', amount: '5.00' }]);
  });

  test('a record stands in the column of its value, or among those without one', () => {
    expect(columnOf(row, named('stage'))).toBe('1');
    expect(columnOf(row, named('state'))).toBe('open');
    expect(columnOf(row, named('source'))).toBe('none');
  });
});

describe('board: how a card is moved', () => {
  test('to another state by the permitted transition that leads there; what destroys asks first', () => {
    expect(moveOf(opportunities, named('state'), row, to('won'))).toMatchObject({ kind: 'transition', transition: { name: 'win' }, asks: false });
    expect(moveOf(opportunities, named('state'), row, to('lost'))).toMatchObject({ transition: { name: 'lose' }, asks: true });
    expect(moveOf(opportunities, named('state'), { ...row, state: 'won' }, to('open'))).toBeNull();
  });

  test('by a transition that takes the field, before the field itself', () => {
    expect(moveOf(opportunities, named('stage'), row, to(2))).toEqual({ kind: 'transition', transition: opportunities.workflow!.transitions[0], given: { stage: 2 }, asks: false });
    expect(moveOf(opportunities, named('stage'), { ...row, state: 'won' }, to(2))).toBeNull();
  });

  test('by a change of the field where it may be written, and not at all where it may not', () => {
    expect(moveOf(opportunities, named('source'), row, to('fair'))).toEqual({ kind: 'change', values: { source: 'fair' } });
    expect(moveOf(opportunities, named('source'), row, to(null))).toEqual({ kind: 'change', values: { source: null } });
    expect(moveOf(opportunities, named('source'), { ...row, state: 'lost' }, to('fair'))).toBeNull();
    expect(moveOf(opportunities, named('party'), row, to(null))).toBeNull();
    expect(moveOf({ ...opportunities, editable: false }, named('source'), row, to('fair'))).toBeNull();
  });
});

test('board: arrows go from card to card, over columns without any', () => {
  const key = (name: string) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false });
  const counts = [3, 0, 2];
  expect(arrowMove(key('ArrowDown'), { column: 0, card: 0 }, counts)).toEqual({ column: 0, card: 1 });
  expect(arrowMove(key('ArrowDown'), { column: 0, card: 2 }, counts)).toBeNull();
  expect(arrowMove(key('ArrowRight'), { column: 0, card: 2 }, counts)).toEqual({ column: 2, card: 1 });
  expect(arrowMove(key('ArrowLeft'), { column: 0, card: 2 }, counts)).toBeNull();
  expect(arrowMove(key('End'), { column: 0, card: 0 }, counts)).toEqual({ column: 0, card: 2 });
  expect(arrowMove({ ...key('ArrowDown'), ctrlKey: true }, { column: 0, card: 0 }, counts)).toBeNull();
});
