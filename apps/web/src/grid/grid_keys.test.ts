import { describe, expect, test } from 'vitest';
import { cellAfter, clamped } from './grid_keys';

const size = { rows: 100, columns: 5, page: 20 };

describe('grid: keys lead where the grid pattern says', () => {
  test.each([
    ['ArrowDown', false, [3, 2], [4, 2]],
    ['ArrowUp', false, [0, 2], [-1, 2]],
    ['ArrowUp', false, [-1, 2], [-1, 2]],
    ['ArrowRight', false, [3, 4], [3, 4]],
    ['ArrowLeft', false, [3, 1], [3, 0]],
    ['PageDown', false, [90, 1], [99, 1]],
    ['PageDown', false, [-1, 1], [20, 1]],
    ['PageUp', false, [5, 1], [0, 1]],
    ['Home', false, [3, 4], [3, 0]],
    ['End', false, [3, 0], [3, 4]],
    ['Home', true, [50, 4], [0, 0]],
    ['End', true, [50, 0], [99, 4]],
    ['ArrowDown', true, [50, 0], [99, 0]],
    ['ArrowUp', true, [50, 3], [0, 3]],
  ] as const)('%s (control %s) from %j to %j', (key, ctrlKey, from, to) => {
    expect(cellAfter({ row: from[0], column: from[1] }, { key, ctrlKey }, size)).toEqual({ row: to[0], column: to[1] });
  });

  test('other keys stay with the browser', () => {
    expect(cellAfter({ row: 0, column: 0 }, { key: 'a' }, size)).toBeNull();
    expect(cellAfter({ row: 0, column: 0 }, { key: 'ArrowLeft', altKey: true }, size)).toBeNull();
  });

  test('a place beyond the rows moves to the last one', () => {
    expect(clamped({ row: 500, column: 9 }, size)).toEqual({ row: 99, column: 4 });
    expect(clamped({ row: 500, column: 9 }, { ...size, rows: 0 })).toEqual({ row: -1, column: 4 });
  });
});
