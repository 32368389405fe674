import { useCallback, useState } from 'react';
import { apiPath, send } from '../api/client';
import type { Entity, Field, RecordRow } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { useRefreshAll } from '../api/queries';
import type { Payload } from '../form/payload';
import type { BoardColumn } from './board_fields';
import { moveOf, type Move } from './move_rule';

/** A move whose transition asks for more, or whether it is meant. */
export interface AskedMove {
  row: RecordRow;
  to: BoardColumn;
  move: Extract<Move, { kind: 'transition' }>;
}

/** Cards on their way: which wait for an answer, which were refused and why, and what a dialog asks. */
export function useMoving(entity: Entity, field: Field, onMoved: (row: RecordRow, to: BoardColumn) => void) {
  const refreshAll = useRefreshAll();
  const [pending, setPending] = useState<number | null>(null);
  const [refused, setRefused] = useState<{ id: number; sentence: string } | null>(null);
  const [asked, ask] = useState<AskedMove | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const run = useCallback(async (row: RecordRow, to: BoardColumn, move: Move, input: Payload = {}): Promise<boolean> => {
    setPending(row.id ?? null);
    setProblem(null);
    setRefused(null);
    try {
      await sendMove(entity, row, move, input);
      onMoved(row, to);
      return true;
    } catch (error) {
      setProblem(error);
      if (!(move.kind === 'transition' && move.asks)) setRefused({ id: row.id ?? 0, sentence: sentenceOf(error) });
      return false;
    } finally {
      await refreshAll();
      setPending(null);
    }
  }, [entity, refreshAll, onMoved]);

  const start = useCallback((row: RecordRow, to: BoardColumn) => {
    const move = moveOf(entity, field, row, to);
    setProblem(null);
    if (!move) return;
    if (move.kind === 'transition' && move.asks) return ask({ row, to, move });
    void run(row, to, move);
  }, [entity, field, run]);

  return { pending, refused, asked, problem, start, run, forget: () => setRefused(null), close: () => ask(null) };
}

function sendMove(entity: Entity, row: RecordRow, move: Move, input: Payload): Promise<unknown> {
  const id = row.id ?? 0;
  if (move.kind === 'change') return send({ method: 'PATCH', path: apiPath(entity.path, id), body: move.values, version: row.version });
  const body = { ...move.given, ...input };
  return send({ method: 'POST', path: apiPath(entity.path, id, move.transition.name), ...(Object.keys(body).length > 0 ? { body } : {}), version: row.version });
}
