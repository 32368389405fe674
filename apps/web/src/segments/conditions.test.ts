import { describe, expect, test } from 'vitest';
import type { Draft, DraftLine } from '../form/draft';
import { alternativesOf, comparisonsOf, nextAlternative, rulePreview, valueInputOf, withFact, type Fact } from './conditions';

const facts: Fact[] = [
  { name: 'country', title: 'Country', kind: 'text' }, { name: 'won_amount', title: 'Won', kind: 'number' }, { name: 'open_amount', title: 'Open', kind: 'number' },
  { name: 'customer', title: 'Customer', kind: 'flag' }, { name: 'last_contact', title: 'Last contact', kind: 'day' },
];
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
    expect(comparisonsOf(facts, fact, 'is').map(({ value }) => value)).toEqual(names);
  });

  test('a fact that nobody knows is compared in every way, and what stands there stays', () => {
    expect(comparisonsOf(facts, 'fleet_size', 'is')).toHaveLength(12);
    expect(comparisonsOf(facts, 'country', 'at_least').at(-1)?.value).toBe('at_least');
  });

  test.each([
    ['customer', 'is', 'flag'], ['last_contact', 'before', 'day'], ['last_contact', 'days_ago_at_least', 'number'], ['country', 'known', 'none'], ['fleet_size', 'at_least', 'text'],
  ])('%s that %s asks for %s', (fact, comparison, input) => expect(valueInputOf(facts, fact, comparison)).toBe(input));

  test('another fact begins anew with what no longer fits, and keeps what does', () => {
    const counted = line('a', { fact: 'won_amount', comparison: 'at_least', value: '10000' });
    expect(withFact(facts, counted, 'open_amount').values).toEqual({ fact: 'open_amount', comparison: 'at_least', value: '10000' });
    expect(withFact(facts, counted, 'country').values).toEqual({ fact: 'country', comparison: 'is', value: null });
  });

  test('it is counted when each condition says what it is about and what it compares with', () => {
    expect(rulePreview([])).toBeNull();
    expect(rulePreview([line('a', { fact: 'customer', comparison: 'is', value: null })])).toBeNull();
    expect(rulePreview([line('a', { fact: 'customer', comparison: 'is', value: 'yes' }), line('b', { alternative: '2', fact: 'country', comparison: 'known', value: null })])).toBe(
      '[{"alternative":1,"fact":"customer","comparison":"is","value":"yes"},{"alternative":2,"fact":"country","comparison":"known","value":""}]');
  });
});
