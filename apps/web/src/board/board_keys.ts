export interface BoardPlace {
  column: number;
  card: number;
}

interface Key {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Where an arrow leads among the cards, given how many there are in each column; columns without cards are passed over. Null: nowhere. */
export function arrowMove({ key, ctrlKey, altKey, metaKey, shiftKey }: Key, place: BoardPlace, counts: number[]): BoardPlace | null {
  if (ctrlKey || altKey || metaKey || shiftKey) return null;
  const last = (counts[place.column] ?? 0) - 1;
  switch (key) {
    case 'ArrowDown': return place.card < last ? { ...place, card: place.card + 1 } : null;
    case 'ArrowUp': return place.card > 0 ? { ...place, card: place.card - 1 } : null;
    case 'Home': return { ...place, card: 0 };
    case 'End': return { ...place, card: Math.max(last, 0) };
    case 'ArrowRight': return beside(place, counts, 1);
    case 'ArrowLeft': return beside(place, counts, -1);
    default: return null;
  }
}

function beside(place: BoardPlace, counts: number[], step: 1 | -1): BoardPlace | null {
  for (let column = place.column + step; column >= 0 && column < counts.length; column += step) {
    const count = counts[column] ?? 0;
    if (count > 0) return { column, card: Math.min(place.card, count - 1) };
  }
  return null;
}
