import {
  columnResizingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useMemo, useState, type ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  label: string;
  help?: string | null | undefined;
  align?: 'start' | 'end';
  width: number;
  /** Share of the room that is left over; 0 keeps the width. */
  grow?: number;
  sortable?: boolean;
  render: (row: Row) => ReactNode;
  total?: ReactNode;
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });
const noRows: never[] = [];

/** Widths, visibility and resizing of the columns. Rows stay outside: they are windows on the server's answer. */
export function useColumnModel<Row>(columns: GridColumn<Row>[]) {
  const definitions = useMemo<ColumnDef<typeof features, never>[]>(
    () => columns.map((column) => ({ id: column.id, header: column.label, size: column.width, minSize: 56, maxSize: 900 })),
    [columns],
  );
  const [columnSizing, onColumnSizingChange] = useState<Record<string, number>>({});
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnSizing },
    onColumnSizingChange,
  });

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const template = columns.map((column) => trackOf(column, columnSizing[column.id])).join(' ');
  const resizeBy = (id: string, pixels: number) =>
    onColumnSizingChange((sizes) => {
      const width = sizes[id] ?? columns.find((column) => column.id === id)?.width ?? 100;
      return { ...sizes, [id]: Math.max(56, Math.min(900, width + pixels)) };
    });
  const resetSize = (id: string) => onColumnSizingChange(({ [id]: _, ...rest }) => rest);
  return { headers, template, resizeBy, resetSize };
}

function trackOf<Row>(column: GridColumn<Row>, sized: number | undefined): string {
  if (sized !== undefined) return `${sized}px`;
  return column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`;
}
