import { expect, test } from 'vitest';
import type { Entity } from '../api/contract';
import { openCounts } from './open_counts';

const move = (from: string, to: string) => ({ name: to, label: to, from: [from], to, permitted: true, input: [] });
const orders = {
  workflow: { field: 'state', states: ['draft', 'approved', 'closed'].map((name) => ({ name, label: name })), transitions: [move('draft', 'approved'), move('approved', 'closed')] },
} as unknown as Entity;

test('open work is counted by its states in their order, without those in which there is nothing or nothing is open', () => {
  const counts = [{ value: 'closed', count: 9 }, { value: 'approved', count: 2 }, { value: 'draft', count: 3 }];
  expect(openCounts(orders, { counts, total: 14 })?.map(({ state, count }) => [state.name, count])).toEqual([['draft', 3], ['approved', 2]]);
  expect(openCounts(orders, { counts: counts.slice(0, 2), total: 11 })?.map(({ state }) => state.name)).toEqual(['approved']);
  expect(openCounts(orders, { counts: [], total: 0 })).toEqual([]);
  expect(openCounts(orders, undefined)).toBeUndefined();
});
