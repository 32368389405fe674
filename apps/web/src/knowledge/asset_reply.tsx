import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Entity, RecordRow, Transition } from '../api/contract';
import { TransitionDialog } from '../form/transition_dialog';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { permittedTransition } from './asset';
import { Quiz, useQuiz } from './quiz';
import { useHasRead } from './reading';
import { taken, useMoving } from './use_moving';

interface AssetReplyProps {
  entity: Entity;
  id: number;
  record: RecordRow;
}

/** What a reader says to the text: whether it helped, that something is wrong, that it was read and understood. */
export function AssetReply({ entity, id, record }: AssetReplyProps) {
  const [isObjecting, setObjecting] = useState(false);
  const { isBusy, problem, move, clear } = useMoving(entity, id);
  const use = permittedTransition(entity, record, 'use');
  const object = permittedTransition(entity, record, 'object');
  const read = permittedTransition(entity, record, 'read');
  const hasRead = useHasRead(entity, id, record);
  const quiz = useQuiz(entity, id);
  const asks = quiz && quiz.questions.length > 0 && !hasRead;
  const answer = permittedTransition(entity, record, 'answer_quiz');
  if (!use && !object && !read) return null;
  return (
    <section className="panel asset-reply no-print" aria-label="What do you say to it?">
      {problem !== null && !isObjecting && <ProblemAlert error={problem} />}
      {use && <Helpful transition={use} isBusy={isBusy} send={async (said) => (await move(use, taken(use, said), 'Thank you')) !== null} />}
      <div className="asset-reply-more">
        {hasRead && <span className="asset-read"><Icon name="check" size={14} /> You have read and understood this revision</span>}
        {hasRead === false && read && !asks && <Button variant="default" size="compact-sm" loading={isBusy} onClick={() => void move(read, {}, 'Noted that you have read it')}>I have read and understood this</Button>}
        {object && <Button variant="subtle" color="gray" size="compact-sm" leftSection={<Icon name="warning" size={14} />} onClick={() => { clear(); setObjecting(true); }}>Something is wrong</Button>}
      </div>
      {asks && answer && <Quiz quiz={quiz} isBusy={isBusy} send={(letters) => void move(answer, { answers: letters }, 'Your answers are kept')} />}
      {isObjecting && object && (
        <TransitionDialog entity={entity} transition={object} problem={problem} isBusy={isBusy} onClose={() => setObjecting(false)} run={async (input) => (await move(object, input, 'Its owner hears of it')) !== null} />
      )}
    </section>
  );
}

type Said = 'yes' | 'no';

function Helpful({ transition, isBusy, send }: { transition: Transition; isBusy: boolean; send: (said: { helpful: Said; minutes_saved: number | null; comment: string }) => Promise<boolean> }) {
  const [said, say] = useState<Said | null>(null);
  const [minutes, setMinutes] = useState('');
  const [comment, setComment] = useState('');
  const [isSent, setSent] = useState(false);
  const asks = (name: string) => transition.input.some((field) => field.name === name);
  if (isSent) return <p role="status" className="asset-thanks"><Icon name="check" size={14} /> Thank you: what helps stands higher in the search.</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (said) void send({ helpful: said, minutes_saved: minutes === '' ? null : Number(minutes), comment: comment.trim() }).then(setSent);
  };
  return (
    <form className="asset-helpful" onSubmit={submit}>
      <div role="group" aria-label="Was this helpful?">
        <b>Was this helpful?</b>
        {(['yes', 'no'] as const).map((one) => (
          <Button key={one} variant={said === one ? 'light' : 'default'} size="compact-sm" aria-pressed={said === one} onClick={() => say(one)}>{one === 'yes' ? 'Yes' : 'No'}</Button>
        ))}
      </div>
      {said && (
        <Group gap="xs" align="flex-end">
          {said === 'yes' && asks('minutes_saved') && <TextInput label="Minutes it saved" w={120} inputMode="numeric" autoComplete="off" value={minutes} onChange={(event) => setMinutes(event.currentTarget.value.replace(/\D/g, ''))} />}
          {asks('comment') && <TextInput label={said === 'yes' ? 'What for' : 'What was missing'} className="asset-comment" value={comment} onChange={(event) => setComment(event.currentTarget.value)} />}
          <Button type="submit" loading={isBusy}>Send</Button>
        </Group>
      )}
    </form>
  );
}
