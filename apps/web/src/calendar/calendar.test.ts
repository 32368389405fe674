import { describe, expect, test } from 'vitest';
import type { Entity, Field } from '../api/contract';
import { addressQuery, listStateFrom } from '../list/list_state';
import { addMonths, dayField, daysQuery, entryFields, isMonth, stateOfDays, weeksOf } from './calendar_days';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name, label: name, kind, in_list: true, filterable: true, ...more });
const activities: Entity = {
  name: 'crm.activity', title: 'Activity', plural: 'Activities', module: 'crm', path: 'crm/activities', display: 'subject', creatable: true, editable: true, deletable: false, menu: 'documents', workflow: null,
  fields: [field('noted_on', 'date', { in_list: false }), field('subject', 'text'), field('due_on', 'date'), field('due_time', 'text'), field('done_on', 'date'), field('party', 'reference', { entity: 'directory.party' })],
};
const due = activities.fields[2]!;

describe('calendar: its days', () => {
  test.each([
    ['2026-02', 5, '2026-01-26', '2026-03-01'],   // the first is a Sunday
    ['2027-02', 4, '2027-02-01', '2027-02-28'],   // four whole weeks
    ['2026-08', 6, '2026-07-27', '2026-09-06'],
  ])('%s has %i weeks, from Monday %s to Sunday %s', (month, count, first, last) => {
    const weeks = weeksOf(month);
    expect(weeks.length).toBe(count);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect([weeks[0]![0], weeks.at(-1)!.at(-1)]).toEqual([first, last]);
  });

  test('months go on over the turn of the year', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-03', 0)]).toEqual(['2027-01', '2025-12', '2026-03']);
  });

  test('what is no month is not taken for one', () => {
    expect(['2026-13', '2026-00', '2026-1', 'May', ''].filter(isMonth)).toEqual([]);
  });
});

describe('calendar: what it shows', () => {
  test('the day that was chosen, else the first that the list shows', () => {
    expect(dayField(activities, '')?.name).toBe('due_on');
    expect(dayField(activities, 'done_on')?.name).toBe('done_on');
    expect(dayField(activities, 'subject')?.name).toBe('due_on');
    expect(dayField({ ...activities, fields: activities.fields.slice(1, 2) }, '')).toBeUndefined();
  });

  test('the list as it is narrowed, between the first and the last day, in the order of the days', () => {
    const state = listStateFrom('?kind=call&due_on.gte=2020-01-01&sort=-subject&view=calendar&month=2026-02', { ...activities, fields: [...activities.fields, field('kind', 'text')] });
    const query = daysQuery(state, activities, due, ['party'], '2026-01-26', '2026-03-01');
    expect(Object.fromEntries(query)).toEqual({ kind: 'call', 'due_on.gte': '2026-01-26', 'due_on.lte': '2026-03-01', sort: 'due_on,-subject', fields: 'due_on,party,subject', limit: '500' });
  });

  test('an entry says its time and whom it is about', () => {
    const { time, whom } = entryFields(activities);
    expect([time?.name, whom?.name]).toEqual(['due_time', 'party']);
  });

  test('its address brings it back, and a day leads to the list of that day', () => {
    const address = '?search=fleet&view=calendar&by=done_on&month=2026-02';
    const state = listStateFrom(address, activities);
    expect(state.calendar).toEqual({ month: '2026-02', by: 'done_on' });
    expect(addressQuery(state)).toBe(address);
    expect(addressQuery(stateOfDays(state, due, '2026-02-03', '2026-02-03'))).toBe('?search=fleet&due_on=2026-02-03');
  });
});
