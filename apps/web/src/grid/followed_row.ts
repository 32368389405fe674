import { useLayoutEffect, useRef } from 'react';

const lookedThrough = 200;

interface FollowedRow<Row> {
  row: number;
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => unknown;
  /** Another filter or order: then a row is not followed. */
  resetKey: string | undefined;
  onMoved: (row: number) => void;
}

/** When rows come or go above the current one, it stays the current one: Enter opens what it would have opened before. */
export function useFollowedRow<Row>({ row, rowAt, keyOf, resetKey, onMoved }: FollowedRow<Row>) {
  const known = useRef<{ row: number; key: unknown; resetKey: string | undefined }>(undefined);
  useLayoutEffect(() => {
    const keyAt = (index: number) => {
      const found = index < 0 ? undefined : rowAt(index);
      return found === undefined ? undefined : keyOf(found);
    };
    const before = known.current;
    const isSamePlace = before?.row === row && before.resetKey === resetKey && before.key !== undefined;
    known.current = { row, key: keyAt(row), resetKey };
    if (!isSamePlace || known.current.key === before.key) return;
    const moved = nearest(row, (index) => keyAt(index) === before.key);
    if (moved === null) return;
    known.current = { row: moved, key: before.key, resetKey };
    onMoved(moved);
  });
}

function nearest(row: number, isIt: (index: number) => boolean): number | null {
  for (let distance = 1; distance <= lookedThrough; distance += 1) {
    for (const index of [row + distance, row - distance]) if (index >= 0 && isIt(index)) return index;
  }
  return null;
}
