/** Where the keys of the WAI-ARIA grid pattern lead. Row -1 is the header. */
export interface Cell {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  page: number;
}

export interface Key {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
}

export function cellAfter(from: Cell, pressed: Key, size: GridSize): Cell | null {
  if (pressed.altKey) return null;
  const control = Boolean(pressed.ctrlKey || pressed.metaKey);
  const to = target(from, pressed.key, control, size);
  return to && clamped(to, size);
}

function target({ row, column }: Cell, key: string, control: boolean, size: GridSize): Cell | null {
  switch (key) {
    case 'ArrowDown': return { row: control ? size.rows - 1 : row + 1, column };
    case 'ArrowUp': return { row: control ? Math.min(row, 0) : row - 1, column };
    case 'ArrowLeft': return { row, column: control ? 0 : column - 1 };
    case 'ArrowRight': return { row, column: control ? size.columns - 1 : column + 1 };
    case 'PageDown': return { row: Math.max(row, 0) + size.page, column };
    case 'PageUp': return { row: row < 0 ? row : Math.max(row - size.page, 0), column };
    case 'Home': return control ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End': return control ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 };
    default: return null;
  }
}

export function clamped(cell: Cell, size: GridSize): Cell {
  return {
    row: Math.max(-1, Math.min(size.rows - 1, cell.row)),
    column: Math.max(0, Math.min(size.columns - 1, cell.column)),
  };
}
