import { describe, expect, test } from 'vitest';
import type { Draft, DraftLine } from '../form/draft';
import { alternativesOf, comparisonsOf, nextAlternative, valueInputOf, withFact } from './conditions';

const line = (key: string, values: Draft): DraftLine => ({ key, id: null, values });

describe('the rule of a segment', () => {
  test('conditions stand with their alternative', () => {
    const lines = [line('a', { alternative: '2' }), line('b', { alternative: '1' }), line('c', { alternative: '2' }), line('d', { alternative: null })];
    expect(alternativesOf(lines).map(({ number, lines: own }) => [number, own.map(({ key }) => key)])).toEqual([['1', ['b', 'd']], ['2', ['a', 'c']]]);
    expect([nextAlternative([]), nextAlternative(lines)]).toEqual(['1', '3']);
  });

  test.each([
    ['country', ['is', 'is_not', 'one_of', 'contains', 'known', 'unknown']],
    ['won_amount', ['is', 'is_not', 'at_least', 'at_most', 'known', 'unknown']],
    ['customer', ['is', 'is_not', 'known', 'unknown']],
  ])('%s is compared as its kind allows', (fact, names) => {
    expect(comparisonsOf(fact, 'is').map(({ value }) => value)).toEqual(names);
  });

  test('a fact of another module is compared in every way, and what stands there stays', () => {
    expect(comparisonsOf('fleet_size', 'is')).toHaveLength(12);
    expect(comparisonsOf('country', 'at_least').at(-1)?.value).toBe('at_least');
  });

  test.each([
    ['customer', 'is', 'flag'], ['last_contact', 'before', 'day'], ['last_contact', 'days_ago_at_least', 'number'], ['country', 'known', 'none'], ['fleet_size', 'at_least', 'text'],
  ])('%s that %s asks for %s', (fact, comparison, input) => expect(valueInputOf(fact, comparison)).toBe(input));

  test('another fact begins anew with what no longer fits, and keeps what does', () => {
    const counted = line('a', { fact: 'won_amount', comparison: 'at_least', value: '10000' });
    expect(withFact(counted, 'open_amount').values).toEqual({ fact: 'open_amount', comparison: 'at_least', value: '10000' });
    expect(withFact(counted, 'country').values).toEqual({ fact: 'country', comparison: 'is', value: null });
  });
});
