/** The outcome that a digit stands for, as they are numbered on the page; null for other keys. */
export function outcomeOfKey(key: string, outcomes: string[]): string | null {
  return /^[1-9]$/.test(key) ? outcomes[Number(key) - 1] ?? null : null;
}

/** Where the arrows, j and k lead in a list of so many; null: not a key that moves. */
export function steppedPlace(key: string, place: number, count: number): number | null {
  const last = Math.max(count - 1, 0);
  switch (key) {
    case 'ArrowDown': case 'j': return Math.min(place + 1, last);
    case 'ArrowUp': case 'k': return Math.max(place - 1, 0);
    case 'Home': return 0;
    case 'End': return last;
    default: return null;
  }
}
