import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, formatInstant, isDay, parseDay, parseInstant } from './day';
import { humanised, valueText } from './value_text';

const today = '2026-11-22';

describe('format: what a person types for a day', () => {
  test.each([
    ['2026-01-31', '2026-01-31'],
    ['2026-1-5', '2026-01-05'],
    ['20260131', '2026-01-31'],
    ['01-31', '2026-01-31'],
    ['3/9', '2026-03-09'],
    ['15', '2026-11-15'],
    ['t', '2026-11-22'],
    ['Today', '2026-11-22'],
    ['y', '2026-11-21'],
    ['+9', '2026-12-01'],
    ['-22', '2026-10-31'],
    ['2026-02-30', null],
    ['31', null],
    ['soon', null],
    ['', null],
  ])('%s', (typed, expected) => {
    expect(parseDay(typed, today)).toBe(expected);
  });

  test('days are counted over daylight saving and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(isDay('2025-02-29')).toBe(false);
  });
});

describe('format: instants', () => {
  test('an instant that is typed reads back the same', () => {
    expect(formatInstant(parseInstant('2026-01-31 09:05') ?? '')).toBe('2026-01-31 09:05');
  });
  test('a bare day means its last moment', () => {
    expect(formatInstant(parseInstant('2026-01-31') ?? '')).toBe('2026-01-31 23:59');
  });
  test('a full instant is kept to the microsecond', () => {
    expect(parseInstant('2026-01-31T10:15:30.123456Z')).toBe('2026-01-31T10:15:30.123456Z');
    expect(parseInstant('31.1.2026')).toBeNull();
  });
});

describe('format: values in lists', () => {
  const field = (kind: 'money' | 'quantity' | 'boolean' | 'choice' | 'reference' | 'percent' | 'integer') => ({
    kind,
    decimals: null,
    choices: kind === 'choice' ? [{ value: 'part_received', label: 'Part received' }] : null,
  });
  test.each([
    ['12345.6', 'money', '12,345.60'],
    ['10.000', 'quantity', '10'],
    [true, 'boolean', 'Yes'],
    ['part_received', 'choice', 'Part received'],
    ['unknown', 'choice', 'unknown'],
    [{ id: 1, label: 'Superior Bicycles' }, 'reference', 'Superior Bicycles'],
    ['19.00', 'percent', '19 %'],
    [12345, 'integer', '12,345'],
    [null, 'money', ''],
  ] as const)('%j as %s', (value, kind, expected) => {
    expect(valueText(value, field(kind))).toBe(expected);
  });

  test('a name without a label is made readable', () => {
    expect(humanised('purchasing.quantity_exceeds_receipt')).toBe('Quantity exceeds receipt');
  });
});
