import { memo } from 'react';
import type { GridColumn } from './column_model';

interface GridRowProps<Row> {
  row: Row | undefined;
  index: number;
  start: number;
  columns: GridColumn<Row>[];
  /** The column whose cell takes part in the tab order, when this row holds the current cell. */
  currentColumn: number | null;
  tone: string | undefined;
}

function DrawnRow<Row>({ row, index, start, columns, currentColumn, tone }: GridRowProps<Row>) {
  return (
    <div
      role="row"
      className="grid-row"
      aria-rowindex={index + 2}
      data-row={index}
      data-current={currentColumn === null ? undefined : ''}
      data-tone={tone}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div
          role="gridcell"
          key={column.id}
          className="grid-cell"
          aria-colindex={at + 1}
          data-align={column.align}
          data-cell={`${index}:${at}`}
          tabIndex={at === currentColumn ? 0 : -1}
        >
          {row === undefined ? <span className="grid-pending" /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Drawn once while it stays in view: scrolling draws the rows that come, not those that are there. */
export const GridRow = memo(DrawnRow) as typeof DrawnRow;
