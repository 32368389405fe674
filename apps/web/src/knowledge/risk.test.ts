import { describe, expect, it } from 'vitest';
import { byRisk, columnOf, riskOf, type TopicRisk } from './risk';

describe('knowledge at risk', () => {
  it.each([
    [0, null, 'lost'], [1, 100, 'high'], [1, 40, 'high'], [2, 60, 'medium'], [2, 74, 'medium'], [2, 75, 'high'], [3, 50, 'low'], [3, 90, 'medium'], [9, 20, 'low'],
  ] as const)('with %i who stay, the first of whom knows %s percent, is %s', (staying, topShare, risk) => {
    expect(riskOf({ staying, topShare })).toBe(risk);
  });

  it('stands in the column of how many hold it', () => {
    expect([0, 1, 2, 3, 12].map(columnOf)).toEqual([0, 1, 2, 3, 3]);
  });

  it('comes first where the fewest know it, then where the most depends on it', () => {
    const topic = (name: string, staying: number, revenue: string): TopicRisk => ({ topic: name, topicId: 1, holders: staying, staying, topHolder: '', topShare: null, leaving: '', leavesOn: '', revenue });
    const sorted = [topic('a', 3, '9.00'), topic('b', 1, '5.00'), topic('c', 1, '80.00'), topic('d', 0, '0.00')].sort(byRisk);
    expect(sorted.map(({ topic: name }) => name)).toEqual(['d', 'c', 'b', 'a']);
  });
});
