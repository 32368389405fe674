import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useAttempt } from '../access/attempt';
import { isDestructive } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, Transition } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { useRefreshAll } from '../api/queries';
import type { Payload } from './payload';
import { TransitionDialog } from './transition_dialog';

interface TransitionButtonsProps {
  entity: Entity;
  id: number;
  transitions: Transition[];
  /** The record in words, for who only hears the button: "Pause: Prove the books". */
  what: string;
  /** Said when it is done. */
  done: (transition: Transition) => string;
}

/** What may be done with a record now, without opening it. What was refused is said below. */
export function TransitionButtons({ entity, id, transitions, what, done }: TransitionButtonsProps) {
  const refreshAll = useRefreshAll();
  const [asked, ask] = useState<Transition | null>(null);
  const { isBusy, problem, attempt, clear } = useAttempt();
  const run = async (transition: Transition, input: Payload = {}): Promise<boolean> => {
    let isDone = false;
    await attempt(async () => {
      await send({ method: 'POST', path: apiPath(entity.path, id, transition.name), ...(Object.keys(input).length > 0 ? { body: input } : {}) });
      isDone = true;
      notifications.show({ message: done(transition), color: 'teal' });
      void refreshAll();
    });
    return isDone;
  };
  const start = (transition: Transition) => {
    if (transition.input.length === 0 && !isDestructive(transition)) return void run(transition);
    clear();
    ask(transition);
  };
  return (
    <div className="transition-buttons">
      {transitions.filter((transition) => transition.permitted).map((transition) => (
        <Button
          key={transition.name} variant="default" size="compact-xs" loading={isBusy && !asked} title={transition.help || undefined}
          aria-label={`${transition.label}: ${what}`} onClick={() => start(transition)}
        >
          {transition.label}
        </Button>
      ))}
      {problem !== null && !asked && <p role="alert">{sentenceOf(problem)}</p>}
      {asked && <TransitionDialog entity={entity} transition={asked} run={(input) => run(asked, input)} problem={problem} isBusy={isBusy} onClose={() => ask(null)} />}
    </div>
  );
}
