import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Dialog } from './dialog';
import { guardLeaving } from './router';

interface Question {
  title: string;
  text: string;
  answer: (leave: boolean) => void;
}

let show: ((question: Question) => void) | null = null;

const unsaved = { title: 'Leave without saving?', text: 'What you entered on this page has not been saved.' };

/** While `isHeld`, leaving the page asks first. `why` stays the same object. */
export function useLeaveGuard(isHeld: boolean, why: Pick<Question, 'title' | 'text'> = unsaved) {
  useEffect(() => {
    if (!isHeld) return undefined;
    return guardLeaving(() => new Promise((answer) => (show ? show({ ...why, answer }) : answer(true))));
  }, [isHeld, why]);
}

export function LeaveQuestion() {
  const [question, setQuestion] = useState<Question | null>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    show = (asked) => { setQuestion(asked); setOpen(true); };
    return () => { show = null; };
  }, []);
  const close = (leave: boolean) => {
    question?.answer(leave);
    setOpen(false);
  };
  return (
    <Dialog isOpen={isOpen} onClose={() => close(false)} title={question?.title ?? ''} size="sm">
      <p style={{ marginTop: 0 }}>{question?.text}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => close(true)}>Leave</Button>
        <Button onClick={() => close(false)} data-autofocus>Stay</Button>
      </Group>
    </Dialog>
  );
}
