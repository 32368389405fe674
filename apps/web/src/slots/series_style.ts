const dashes = [undefined, '6 3', '2 3', '8 3 2 3'];

/** A series is told by its colour and, where lines cross, by how it is dashed. */
export function dashOf(series: number): string | undefined {
  return dashes[series % dashes.length];
}

export function seriesColour(series: number): string {
  return `var(--series-${(series % 6) + 1})`;
}
