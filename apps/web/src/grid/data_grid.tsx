import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import {
  useCallback, useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode,
} from 'react';
import { useColumnModel, type GridColumn } from './column_model';
import { useFollowedRow } from './followed_row';
import { GridHeader, type GridSort } from './grid_header';
import { cellAfter, clamped, type Cell } from './grid_keys';
import { GridRow } from './grid_row';
import './grid.css';

const rowHeight = 30;
const rememberedPlaces = new Map<string, Cell & { top: number }>();

export interface DataGridProps<Row> {
  label: string;
  columns: GridColumn<Row>[];
  rowCount: number;
  rowAt: (index: number) => Row | undefined;
  onWindow?: (first: number, last: number) => void;
  sort?: GridSort[];
  onSort?: (column: string, adds: boolean) => void;
  onOpen?: (row: Row, inNewTab: boolean) => void;
  rowTone?: (row: Row) => string | undefined;
  /** Names the place in the history whose scroll position and cell come back with it. */
  placeKey?: string;
  /** The grid goes back to its first row when this changes: another filter or order. */
  resetKey?: string;
  /** Tells rows apart, so that the current cell stays with its row when others come or go. */
  keyOf?: (row: Row) => unknown;
  isBusy?: boolean;
  empty: ReactNode;
  totals?: boolean;
  /** As wide and as high as its rows, instead of filling the room. */
  isCompact?: boolean;
}

/** An ARIA grid over any number of rows, of which only the visible ones exist. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rowCount, rowAt, onWindow, placeKey, resetKey } = props;
  const box = useRef<HTMLDivElement>(null);
  const remembered = placeKey ? rememberedPlaces.get(placeKey) : undefined;
  const [place, setPlace] = useState<Cell>(remembered ?? { row: rowCount > 0 ? 0 : -1, column: 0 });
  const wantsFocus = useRef(false);
  const { headers, template, resizeBy, resetSize } = useColumnModel(columns);
  const at = clamped(place, { rows: rowCount, columns: columns.length, page: 1 });

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: remembered?.top ?? 0,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: props.totals ? rowHeight : 0,
    rangeExtractor: useCallback((range: Parameters<typeof defaultRangeExtractor>[0]) => withRow(defaultRangeExtractor(range), at.row), [at.row]),
  });

  const items = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => onWindow?.(first, last), [first, last, onWindow]);

  useEffect(() => {
    const element = box.current;
    return () => {
      if (placeKey && element) rememberedPlaces.set(placeKey, { ...at, top: element.scrollTop });
    };
  });

  const shownKey = useRef(resetKey);
  useEffect(() => {
    if (shownKey.current === resetKey) return;
    shownKey.current = resetKey;
    virtualizer.scrollToOffset(0);
    setPlace((now) => (now.row > 0 ? { ...now, row: 0 } : now));
  }, [resetKey, virtualizer]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"]`);
    if (!cell) return;
    wantsFocus.current = false;
    cell.focus();
  });

  const isEntered = () => box.current?.contains(document.activeElement) === true;
  useFollowedRow({
    row: at.row, rowAt, keyOf: (row) => (isEntered() ? props.keyOf?.(row) : undefined), resetKey,
    onMoved: (row) => {
      wantsFocus.current = true;
      setPlace((now) => ({ ...now, row }));
    },
  });

  const open = (index: number, inNewTab: boolean) => {
    const row = rowAt(index);
    if (row === undefined) return;
    const inner = box.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.column}"] a`);
    if (inner && !props.onOpen) inner.click();
    else props.onOpen?.(row, inNewTab);
  };

  const onHeaderKey = (event: KeyboardEvent) => {
    const column = columns[at.column];
    if (!column) return;
    if ((event.key === 'Enter' || event.key === ' ') && column.sortable) {
      event.preventDefault();
      props.onSort?.(column.id, event.shiftKey);
    } else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      resizeBy(column.id, event.key === 'ArrowRight' ? 16 : -16);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const cell = event.target as HTMLElement;
    if (cell.dataset.cell === undefined) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 300) / rowHeight) - 2);
    const next = cellAfter(at, event, { rows: rowCount, columns: columns.length, page });
    if (next) {
      event.preventDefault();
      wantsFocus.current = true;
      if (next.row >= 0) virtualizer.scrollToIndex(next.row);
      setPlace(next);
    } else if (at.row === -1) {
      onHeaderKey(event);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(at.row, event.ctrlKey || event.metaKey);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && !getSelection()?.toString()) {
      void navigator.clipboard?.writeText(cell.innerText);
    }
  };

  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell;
    if (!cell) return;
    const [row = 0, column = 0] = cell.split(':').map(Number);
    if (row !== place.row || column !== place.column) setPlace({ row, column });
  };

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-row]')?.dataset.row;
    if (row === undefined || target.closest('a, button') || getSelection()?.toString()) return;
    open(Number(row), event.ctrlKey || event.metaKey);
  };

  const isEmpty = rowCount === 0 && !props.isBusy;
  return (
    <>
      <div
        ref={box}
        role="grid"
        className="grid"
        aria-label={props.label}
        aria-rowcount={rowCount + 1 + (props.totals ? 1 : 0)}
        aria-colcount={columns.length}
        aria-busy={props.isBusy || undefined}
        data-opens={props.onOpen ? '' : undefined}
        data-empty={isEmpty ? '' : undefined}
        data-compact={props.isCompact ? '' : undefined}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
        style={{ '--grid-columns': template } as CSSProperties}
      >
        <div className="grid-width">
          <GridHeader
            columns={columns}
            headers={headers}
            focusedColumn={at.row === -1 ? at.column : null}
            sort={props.sort ?? []}
            onSort={props.onSort}
            resetSize={resetSize}
          />
          <div role="rowgroup" className="grid-body" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = rowAt(item.index);
              return (
                <GridRow
                  key={item.index}
                  row={row}
                  index={item.index}
                  start={item.start}
                  columns={columns}
                  currentColumn={item.index === at.row ? at.column : null}
                  tone={row === undefined ? undefined : props.rowTone?.(row)}
                />
              );
            })}
          </div>
          {props.totals && <TotalsRow columns={columns} rowIndex={rowCount + 2} />}
        </div>
      </div>
      {isEmpty && <div className="grid-empty">{props.empty}</div>}
    </>
  );
}

// The current row stays in the page when it is scrolled out of view, so that the focus is not lost with it.
function withRow(indexes: number[], row: number): number[] {
  if (row < 0 || indexes.includes(row)) return indexes;
  return row < (indexes[0] ?? 0) ? [row, ...indexes] : [...indexes, row];
}

function TotalsRow<Row>({ columns, rowIndex }: { columns: GridColumn<Row>[]; rowIndex: number }) {
  return (
    <div role="rowgroup" className="grid-totals">
      <div role="row" className="grid-row" aria-rowindex={rowIndex}>
        {columns.map((column, index) => (
          <div role="gridcell" key={column.id} className="grid-cell" aria-colindex={index + 1} data-align={column.align}>
            {column.total}
          </div>
        ))}
      </div>
    </div>
  );
}
