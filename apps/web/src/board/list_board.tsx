import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { fieldNamed, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { countQuery, listQuery } from '../api/queries';
import { TransitionDialog } from '../form/transition_dialog';
import { ListFrame } from '../list/list_frame';
import type { ListViewProps } from '../list/list_page';
import { apiQuery } from '../list/list_state';
import { ProblemAlert } from '../shell/page';
import { BoardColumnView } from './board_column';
import { choiceColumns, columnsQuery, referenceColumns, shownBoardColumns, type BoardColumn } from './board_fields';
import { arrowMove, type BoardPlace } from './board_keys';
import { useGroupableFields } from './groupable_fields';
import { useMoving } from './moving';
import './board.css';

/** The list as a board: one column for each value of a field, records as cards that can be moved between them. */
export default function ListBoard({ entity, state, change, by }: ListViewProps & { by: Field }) {
  const { columns, error } = useBoardColumns(entity, by, state.filters);
  const total = useQuery(countQuery(entity, Object.fromEntries(apiQuery({ ...state, sort: [] }))));
  const groupable = useGroupableFields(entity, by);
  const [place, setPlace] = useState<BoardPlace>({ column: 0, card: 0 });
  const [followed, follow] = useState<{ id: number; column: string } | null>(null);
  const [dragged, drag] = useState<{ row: RecordRow; from: string } | null>(null);
  const counts = useRef<number[]>([]);
  const moving = useMoving(entity, by, useCallback((row, to) => follow({ id: row.id ?? 0, column: to.key }), []));
  const { asked } = moving;

  const onKey = (event: React.KeyboardEvent) => {
    const next = arrowMove(event, place, counts.current);
    if (!next || !(event.target as HTMLElement).closest('[data-card]')) return;
    event.preventDefault();
    setPlace(next);
  };

  return (
    <ListFrame
      entity={entity} state={state} change={change} total={total.data?.total ?? undefined}
      tools={
        <NativeSelect
          className="board-by" aria-label="Columns of the board" value={by.name} data={groupable.map((field) => ({ value: field.name, label: `By ${field.label.toLowerCase()}` }))}
          onChange={(event) => change({ ...state, board: event.currentTarget.value })}
        />
      }
    >
      <ProblemAlert error={error ?? total.error} />
      <div className="board" role="group" aria-label={`${entity.plural} by ${by.label.toLowerCase()}`} onKeyDown={onKey} data-dragging={dragged ? '' : undefined}>
        {columns.map((column, index) => (
          <BoardColumnView
            key={`${by.name} ${column.key}`} entity={entity} state={state} by={by} column={column} columns={columns} index={index}
            current={place.column === index ? place.card : null} onPlace={setPlace} onCount={(count) => { counts.current[index] = count; }}
            moving={moving} dragged={dragged} onDrag={drag} followed={followed?.column === column.key ? followed.id : null} onFollowed={() => follow(null)}
          />
        ))}
      </div>
      {asked && (
        <TransitionDialog
          entity={entity} transition={{ ...asked.move.transition, input: asked.move.transition.input.filter((input) => !(input.name in asked.move.given)) }}
          problem={moving.problem} isBusy={moving.pending !== null} run={(input) => moving.run(asked.row, asked.to, asked.move, input)} onClose={moving.close}
        />
      )}
    </ListFrame>
  );
}

function useBoardColumns(entity: Entity, by: Field, filters: ListViewProps['state']['filters']): { columns: BoardColumn[]; error: unknown } {
  const catalogue = useCatalogue();
  const isReference = by.kind === 'reference' && by.name !== entity.workflow?.field;
  const target = catalogue.entity(by.entity);
  const { data, error } = useQuery({
    ...listQuery(target ?? entity, target ? columnsQuery(target, entity, filters) : new URLSearchParams()),
    enabled: isReference && target !== undefined, staleTime: 60_000,
  });
  const columns = useMemo(() => {
    const named = isReference ? (target && data ? referenceColumns(target, data.rows) : []) : choiceColumns(entity, by);
    const none: BoardColumn[] = by.required || by.name === entity.workflow?.field ? [] : [{ key: 'none', label: `No ${by.label.toLowerCase()}`, value: null }];
    return shownBoardColumns([...named, ...none], fieldNamed(entity, by.name) ?? by, filters);
  }, [isReference, target, data, entity, by, filters]);
  return { columns, error };
}
