import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { useWindowedRows } from '../grid/windowed_rows';
import { addressQuery, rowsQuery, type ListState } from '../list/list_state';
import { ProblemAlert } from '../shell/page';
import { Link, usePlace } from '../shell/router';
import { BoardCard } from './board_card';
import { cardFields, columnOf, columnState, sumField, type BoardColumn } from './board_fields';
import type { BoardPlace } from './board_keys';
import { columnSumQuery, summedMax } from './column_sum';
import { moveOf } from './move_rule';
import type { useMoving } from './moving';

const pageSize = 40;
const cardHeight = 92;

export interface Dragged {
  row: RecordRow;
  from: string;
}

interface BoardColumnProps {
  entity: Entity;
  state: ListState;
  by: Field;
  column: BoardColumn;
  columns: BoardColumn[];
  index: number;
  /** The card of this column that the keyboard is on. */
  current: number | null;
  onPlace: (place: BoardPlace) => void;
  onCount: (count: number) => void;
  moving: ReturnType<typeof useMoving>;
  dragged: Dragged | null;
  onDrag: (dragged: Dragged | null) => void;
  /** A card that was moved here: it stays the current one. */
  followed: number | null;
  onFollowed: () => void;
}

/** One column, whose cards are fetched in windows as they come into view. */
export function BoardColumnView(props: BoardColumnProps) {
  const { entity, state, by, column, columns, index, current, onPlace, onCount, moving, dragged, followed, onFollowed } = props;
  const { path } = usePlace();
  const box = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const own = useMemo(() => columnState(state, by, column), [state, by, column]);
  const fields = useMemo(() => cardFields(entity, state, by), [entity, state, by]);
  const query = useMemo(() => rowsQuery(own, entity, [...fields.map((field) => field.name), by.name]), [own, entity, fields, by]);
  const rows = useWindowedRows(entity, query, pageSize);
  const { total, rowAt, onWindow } = rows;
  useEffect(() => onCount(total));

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => cardHeight,
    getItemKey: (at) => rowAt(at)?.id ?? `at ${at}`,
    overscan: 4,
    gap: 6,
  });
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => onWindow(first, last), [first, last, onWindow]);

  const focused = useFocusedCard(box, current, (at) => virtualizer.scrollToIndex(at));
  useEffect(() => {
    if (followed === null) return;
    for (let at = 0; at < Math.min(total, pageSize); at += 1) {
      if (rowAt(at)?.id !== followed) continue;
      focused.want();
      onPlace({ column: index, card: at });
      onFollowed();
      return;
    }
  });

  const accepts = dragged !== null && dragged.from !== column.key && moveOf(entity, by, dragged.row, column) !== null;
  const drop = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (dragged && accepts) moving.start(dragged.row, column);
    props.onDrag(null);
  };
  // Nothing lacks a value, and nothing that is held could lose it here.
  if (column.value === null && total === 0 && !accepts) return null;
  return (
    <section
      className="board-column" aria-label={column.label} data-accepts={accepts ? '' : undefined} data-refuses={dragged && !accepts && dragged.from !== column.key ? '' : undefined}
      data-over={isOver && accepts ? '' : undefined} onDragOver={(event) => { if (accepts) { event.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)} onDrop={drop}
    >
      <header>
        <h2><Link className="plain-link" to={path + addressQuery({ ...own, board: null })} title="Show them as a list">{column.label}</Link></h2>
        <span className="soft" data-testid="count">{rows.isLoading ? '…' : formatDecimal(String(total))}</span>
        <ColumnSum entity={entity} own={own} total={total} />
      </header>
      <ProblemAlert error={rows.error} />
      <div className="board-cards" ref={box} tabIndex={-1}>
        <ul style={{ height: virtualizer.getTotalSize() }} aria-label={`${column.label}: ${entity.plural.toLowerCase()}`}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rowAt(item.index);
            return (
              <li
                key={item.key} ref={virtualizer.measureElement} data-index={item.index} data-card={row?.id} style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={total} aria-posinset={item.index + 1}
              >
                {row && columnOf(row, by) === column.key ? (
                  <BoardCard
                    entity={entity} row={row} fields={fields} by={by} columns={columns} isCurrent={current === item.index} isPending={moving.pending === row.id}
                    refusal={moving.refused !== null && moving.refused.id === row.id ? moving.refused.sentence : null} onForget={moving.forget}
                    onMove={(to) => moving.start(row, to)} onEnter={() => onPlace({ column: index, card: item.index })}
                    onDrag={(isHeld) => props.onDrag(isHeld ? { row, from: column.key } : null)}
                  />
                ) : <div className="board-card board-card-blank" />}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function ColumnSum({ entity, own, total }: { entity: Entity; own: ListState; total: number }) {
  const { company } = useCatalogue();
  const field = sumField(entity);
  const isSummed = field !== undefined && total > 0 && total <= summedMax;
  const { data } = useQuery({ ...columnSumQuery(entity, own, field ?? entity.fields[0]!, total), enabled: isSummed, placeholderData: (before) => before });
  if (!isSummed || !data) return null;
  const text = data.slice(0, 2).map(({ currency, amount }) => `${formatDecimal(amount, company.decimals)} ${currency === company.currency ? '' : currency}`.trim()).join(' + ');
  return <span className="board-sum number" title={`${field.label} of all of them`}>{data.length > 2 ? 'several currencies' : text}</span>;
}

/** Puts the focus on the current card once it is there: it may have to be scrolled to and fetched first. */
function useFocusedCard(box: React.RefObject<HTMLDivElement | null>, current: number | null, scrollTo: (at: number) => void) {
  const wanted = useRef(false);
  const before = useRef(current);
  useLayoutEffect(() => {
    const isMoved = before.current !== current;
    before.current = current;
    if (current === null) return;
    const board = box.current?.closest('.board');
    if (isMoved && board?.contains(document.activeElement)) wanted.current = true;
    if (!wanted.current) return;
    const card = box.current?.querySelector<HTMLElement>(`[data-index="${current}"] a`);
    if (!card) return scrollTo(current);
    wanted.current = false;
    card.focus();
    card.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return { want: () => { wanted.current = true; } };
}
