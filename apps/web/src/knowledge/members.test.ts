import { expect, test } from 'vitest';
import { isMember, memberLines, membersOf, withMember, withoutMember } from './members';

const record = { id: 1, members: [
  { id: 8, employee: { id: 2, label: 'Ben' }, joined_on: '2026-02-01' }, { id: 7, employee: { id: 1, label: 'Ann' }, joined_on: '2026-01-01' }, { id: 9, employee: null, joined_on: '2026-01-01' },
] };

test('members stand in the order in which they joined', () => {
  expect(membersOf(record).map(({ employee }) => employee.label)).toEqual(['Ann', 'Ben']);
  expect(membersOf({ id: 1 })).toEqual([]);
});

test('who joins is a new line beside those that are kept by their ids, and who leaves takes theirs away', () => {
  const members = membersOf(record);
  expect(withMember(memberLines(members), 5)).toEqual([{ id: 7, employee: 1 }, { id: 8, employee: 2 }, { employee: 5 }]);
  expect(withoutMember(members, 1)).toEqual([{ id: 8, employee: 2 }]);
  expect([isMember(members, 2), isMember(members, 5)]).toEqual([true, false]);
});
