import type { useColumnModel, GridColumn } from './column_model';

export interface GridSort {
  column: string;
  isDescending: boolean;
}

interface GridHeaderProps<Row> {
  columns: GridColumn<Row>[];
  headers: ReturnType<typeof useColumnModel>['headers'];
  focusedColumn: number | null;
  sort: GridSort[];
  onSort: ((column: string, adds: boolean) => void) | undefined;
  resetSize: (id: string) => void;
}

export function GridHeader<Row>({ columns, headers, focusedColumn, sort, onSort, resetSize }: GridHeaderProps<Row>) {
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="grid-row" aria-rowindex={1}>
        {columns.map((column, index) => {
          const place = sort.findIndex((key) => key.column === column.id);
          const key = sort[place];
          return (
            <div
              role="columnheader"
              key={column.id}
              className="grid-cell"
              aria-colindex={index + 1}
              aria-sort={column.sortable ? ariaSort(place === 0 ? key : undefined) : undefined}
              title={column.help || undefined}
              data-align={column.align}
              data-sortable={column.sortable ? '' : undefined}
              data-cell={`-1:${index}`}
              tabIndex={focusedColumn === index ? 0 : -1}
              onClick={(event) => column.sortable && onSort?.(column.id, event.shiftKey)}
            >
              <span className="grid-label">{column.label}</span>
              {key && (
                <span className="grid-sort" aria-hidden>
                  {key.isDescending ? '▼' : '▲'}
                  {sort.length > 1 ? place + 1 : ''}
                </span>
              )}
              <span
                className="grid-resize"
                aria-hidden
                onMouseDown={headers[index]?.getResizeHandler()}
                onTouchStart={headers[index]?.getResizeHandler()}
                onClick={(event) => event.stopPropagation()}
                onDoubleClick={() => resetSize(column.id)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ariaSort(key: GridSort | undefined): 'none' | 'ascending' | 'descending' {
  if (!key) return 'none';
  return key.isDescending ? 'descending' : 'ascending';
}
