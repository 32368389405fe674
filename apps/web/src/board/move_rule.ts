import { isDestructive, stateOf, transitionsFrom } from '../api/catalogue';
import type { Entity, Field, RecordRow, Transition, Value } from '../api/contract';
import type { Payload } from '../form/payload';
import type { BoardColumn } from './board_fields';

/** What brings a card into another column. */
export type Move =
  | { kind: 'transition'; transition: Transition; given: Payload; asks: boolean }
  | { kind: 'change'; values: Payload };

/**
 * In this order: the transition that leads to the state; a transition that takes the field; the field itself, where it may be written.
 * Null: the card stays where it is.
 */
export function moveOf(entity: Entity, field: Field, row: RecordRow, to: BoardColumn): Move | null {
  const state = entity.workflow ? row[entity.workflow.field] : null;
  const permitted = transitionsFrom(entity, state).filter((transition) => transition.permitted);
  if (field.name === entity.workflow?.field) return moveToState(permitted, to);
  return moveWithField(permitted, field, to) ?? changeOf(entity, field, state, to);
}

function moveToState(permitted: Transition[], to: BoardColumn): Move | null {
  const ways = permitted.filter((transition) => transition.to === to.value);
  const transition = ways.find((way) => !isDestructive(way)) ?? ways[0];
  return transition ? { kind: 'transition', transition, given: {}, asks: transition.input.length > 0 || isDestructive(transition) } : null;
}

function moveWithField(permitted: Transition[], field: Field, to: BoardColumn): Move | null {
  if (to.value === null) return null;
  const takes = (transition: Transition) => transition.input.some((input) => input.name === field.name && input.kind === field.kind);
  const transition = permitted.find((candidate) => takes(candidate) && !isDestructive(candidate));
  if (!transition) return null;
  return { kind: 'transition', transition, given: { [field.name]: to.value }, asks: transition.input.length > 1 };
}

function changeOf(entity: Entity, field: Field, state: Value | undefined, to: BoardColumn): Move | null {
  const isOpen = !entity.workflow || stateOf(entity, state)?.editable !== false;
  if (!entity.editable || !isOpen || field.read_only || (to.value === null && field.required)) return null;
  return { kind: 'change', values: { [field.name]: to.value } };
}
