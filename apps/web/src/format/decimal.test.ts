import { describe, expect, test } from 'vitest';
import { compareDecimals, editableDecimal, formatDecimal, isZero, numberStyleOf, parseDecimal, sumDecimals } from './decimal';

const english = { group: ',', decimal: '.' };
const german = { group: '.', decimal: ',' };
const swiss = { group: '’', decimal: '.' };

describe('format: a decimal', () => {
  test.each([
    ['12.5', 2, '12.50'],
    ['1234567.5', 2, '1,234,567.50'],
    ['-1234.5', 2, '-1,234.50'],
    ['999', 2, '999.00'],
    ['1000', 0, '1,000'],
    ['0.0001', 2, '0.0001'],
    ['12.5000', 2, '12.50'],
    ['12.5678', 2, '12.5678'],
    ['-0.00', 2, '0.00'],
    ['007', 0, '7'],
    ['12345678901234567890123.45', 2, '12,345,678,901,234,567,890,123.45'],
    ['not a number', 2, 'not a number'],
    ['', 2, ''],
  ])('%s with %d decimals reads %s', (text, decimals, expected) => {
    expect(formatDecimal(text, decimals, english)).toBe(expected);
  });

  test('follows the reader’s marks', () => {
    expect(formatDecimal('1234567.5', 2, german)).toBe('1.234.567,50');
    expect(numberStyleOf('de-DE')).toEqual(german);
    expect(numberStyleOf('en-US')).toEqual(english);
  });
});

describe('format: what a person types for a decimal', () => {
  test.each([
    ['1,234.50', english, '1234.50'],
    ['1.234,50', german, '1234.50'],
    ['1’234.50', swiss, '1234.50'],
    [' 12 000 ', english, '12000'],
    ['-5', english, '-5'],
    ['(5.00)', english, '-5.00'],
    ['.5', english, '0.5'],
    ['007', english, '7'],
    ['-0', english, '0'],
    ['twelve', english, null],
    ['1.2.3', english, null],
    ['-', english, null],
    ['', english, null],
  ])('%s', (typed, style, expected) => {
    expect(parseDecimal(typed, style)).toBe(expected);
  });

  test('an edited decimal shows the reader’s decimal mark', () => {
    expect(editableDecimal('1234.5', german)).toBe('1234,5');
  });
});

describe('format: sums and comparisons are exact', () => {
  test('a sum keeps every digit', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['99999999999999999.99', '0.01'])).toBe('100000000000000000.00');
    expect(sumDecimals(['-1.50', '1'])).toBe('-0.50');
    expect(sumDecimals([])).toBe('0');
  });

  test('comparison ignores trailing zeros and sees the sign', () => {
    expect(compareDecimals('1.50', '1.5')).toBe(0);
    expect(compareDecimals('-2', '1')).toBe(-1);
    expect(compareDecimals('10', '9.99')).toBe(1);
  });

  test('zero is zero in any length', () => {
    expect(isZero('0.0000')).toBe(true);
    expect(isZero('0.0001')).toBe(false);
  });
});
