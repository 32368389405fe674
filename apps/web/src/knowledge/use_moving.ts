import { notifications } from '@mantine/notifications';
import { useAttempt } from '../access/attempt';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow, Transition } from '../api/contract';
import { useRefreshAll } from '../api/queries';
import type { Payload } from '../form/payload';

/** Runs transitions of one record; whatever is on the page is read again. */
export function useMoving(entity: Entity, id: number) {
  const refreshAll = useRefreshAll();
  const { isBusy, problem, attempt, clear } = useAttempt();
  const move = async (transition: Pick<Transition, 'name' | 'label'>, input: Payload = {}, said = `${entity.title}: ${transition.label.toLowerCase()} done`): Promise<RecordRow | null> => {
    let moved: RecordRow | null = null;
    await attempt(async () => {
      moved = await send<RecordRow>({ method: 'POST', path: apiPath(entity.path, id, transition.name), ...(Object.keys(input).length > 0 ? { body: input } : {}) });
      if (said) notifications.show({ message: said, color: 'teal' });
      void refreshAll();
    });
    return moved;
  };
  return { isBusy, problem, move, clear };
}

/** Of what could be said with a transition, what it takes: servers differ in what they ask for. */
export function taken(transition: Transition, said: Payload): Payload {
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== null && value !== '' && transition.input.some((field) => field.name === name))) as Payload;
}
