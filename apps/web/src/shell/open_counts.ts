import { openStates } from '../api/catalogue';
import type { CountsAnswer, Entity, State } from '../api/contract';

export interface OpenCount {
  state: State;
  count: number;
}

/** The states of open work in which there is something, in the workflow's order; undefined while nobody has counted. */
export function openCounts(entity: Entity, answer: CountsAnswer | undefined): OpenCount[] | undefined {
  if (!answer) return undefined;
  const countOf = new Map(answer.counts.map(({ value, count }) => [String(value), count]));
  return openStates(entity).flatMap((state) => {
    const count = countOf.get(state.name) ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
}
