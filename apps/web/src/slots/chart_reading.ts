import type { ChartPoint } from './chart_data';

/** The point that is nearest to a place, from 0 at the left edge to 1 at the right. */
export function nearestPoint(points: ChartPoint[], at: number): number | null {
  const distances = points.map((point) => Math.abs(point.at - at));
  return points.length === 0 ? null : distances.indexOf(Math.min(...distances));
}

const turned: Record<string, string> = { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' };

/** The point an arrow key leads to; undefined for every other key. */
export function pointAfter(key: string, current: number | null, count: number, isSideways = false): number | null | undefined {
  switch (isSideways ? (turned[key] ?? key) : key) {
    case 'ArrowRight': return Math.min(count - 1, (current ?? -1) + 1);
    case 'ArrowLeft': return Math.max(0, (current ?? count) - 1);
    case 'Home': return 0;
    case 'End': return count - 1;
    case 'Escape': return current === null ? undefined : null;
    default: return undefined;
  }
}
