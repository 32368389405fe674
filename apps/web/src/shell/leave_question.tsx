import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Dialog } from './dialog';
import { guardLeaving } from './router';

let show: ((answer: (leave: boolean) => void) => void) | null = null;

function askToLeave(): Promise<boolean> {
  return new Promise((resolve) => (show ? show(resolve) : resolve(true)));
}

/** While `isDirty`, leaving the page asks first. */
export function useLeaveGuard(isDirty: boolean) {
  useEffect(() => (isDirty ? guardLeaving(askToLeave) : undefined), [isDirty]);
}

export function LeaveQuestion() {
  const [answer, setAnswer] = useState<((leave: boolean) => void) | null>(null);
  useEffect(() => {
    show = (resolve) => setAnswer(() => resolve);
    return () => { show = null; };
  }, []);
  const close = (leave: boolean) => {
    answer?.(leave);
    setAnswer(null);
  };
  return (
    <Dialog isOpen={answer !== null} onClose={() => close(false)} title="Leave without saving?" size="sm">
      <p style={{ marginTop: 0 }}>What you entered on this page has not been saved.</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => close(true)}>Leave</Button>
        <Button onClick={() => close(false)} data-autofocus>Stay</Button>
      </Group>
    </Dialog>
  );
}
