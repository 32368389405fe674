import { describe, expect, test } from 'vitest';
import { scaleOf } from './chart_scale';

const marksOf = (values: number[], rules: Partial<Parameters<typeof scaleOf>[1]> = {}) =>
  scaleOf(values, { fromZero: true, wholeNumbers: false, ...rules }).marks.map((mark) => mark.text);

describe('chart: marks are round and hold everything between them', () => {
  test.each([
    ['up to a little', [3, 7, 8], ['0', '2', '4', '6', '8']],
    ['over the last round value', [3, 8.5], ['0', '5', '10']],
    ['thousands', [1200, 18_400], ['0', '5000', '10000', '15000', '20000']],
    ['cents stay exact', [0.1, 0.3], ['0.0', '0.1', '0.2', '0.3']],
    ['hundredths', [0.04], ['0.00', '0.01', '0.02', '0.03', '0.04']],
    ['below zero', [-30, 50], ['-40', '-20', '0', '20', '40', '60']],
    ['only below zero', [-4], ['-4', '-3', '-2', '-1', '0']],
    ['one value', [250], ['0', '100', '200', '300']],
    ['billions', [4_000_000_000], ['0', '1000000000', '2000000000', '3000000000', '4000000000']],
    ['nothing but zeros', [0, 0], ['0.0', '0.5', '1.0']],
    ['nothing', [], ['0.0', '0.5', '1.0']],
  ])('%s', (_, values, expected) => expect(marksOf(values)).toEqual(expected));

  test('what is counted has no halves', () => {
    expect(marksOf([1, 2], { wholeNumbers: true })).toEqual(['0', '1', '2']);
    expect(marksOf([], { wholeNumbers: true })).toEqual(['0', '1']);
  });

  test('a line that stays far from zero leaves it out, a bar never does', () => {
    expect(marksOf([1.05, 1.1], { fromZero: false })).toEqual(['1.04', '1.06', '1.08', '1.10']);
    expect(marksOf([1.05, 1.1])[0]).toBe('0.0');
    expect(marksOf([40, 110], { fromZero: false })[0]).toBe('0');
    expect(marksOf([7, 7], { fromZero: false })[0]).toBe('0');
  });
});

describe('chart: values stand between the marks', () => {
  test.each([
    [[0, 10], 10, 1], [[0, 10], 0, 0], [[0, 10], 5, 0.5],
    [[-30, 50], 0, 0.4], [[-30, 50], -40, 0], [[-30, 50], 60, 1],
  ])('of %j, %d stands at %d', (values, value, place) => {
    expect(scaleOf(values, { fromZero: true, wholeNumbers: false }).at(value)).toBeCloseTo(place);
  });

  test('bars begin at zero, or at the nearest end when zero is not shown', () => {
    expect(scaleOf([-30, 50], { fromZero: true, wholeNumbers: false }).origin).toBeCloseTo(0.4);
    expect(scaleOf([5], { fromZero: true, wholeNumbers: false }).origin).toBe(0);
    expect(scaleOf([105, 110], { fromZero: false, wholeNumbers: false }).origin).toBe(0);
    expect(scaleOf([-105, -110], { fromZero: false, wholeNumbers: false }).origin).toBe(1);
  });
});
