import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { confirmation } from '../api/confirmation';
import { Problem } from '../api/problem';
import { useFocusGivenBack } from '../shell/focus';
import { ProblemAlert } from '../shell/page';
import './access.css';
import { confirmWithPassword } from './account';
import { useAttempt } from './attempt';
import { PasswordField } from './password_field';
import { useSecondsLeft } from './seconds_left';
import type { Session } from './session';

/** Over whatever waits for it, which stays as it is: the password again, before something sensitive goes on. */
export function ConfirmDialog({ sentence, user }: { sentence: string; user: Session['user'] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [secondsLeft, countDown] = useSecondsLeft();
  const { isBusy, problem, attempt, saidAs } = useAttempt();
  const wrong = saidAs('kernel.wrong_credentials');
  const hasWaited = saidAs('kernel.too_many_attempts') !== undefined && secondsLeft === 0;
  useFocusGivenBack();
  useEffect(() => {
    dialog.current?.showModal();
    input.current?.focus();
  }, []);
  useEffect(() => { if (problem) input.current?.focus(); }, [problem]);

  const confirm = async () => {
    await confirmWithPassword(password).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'kernel.too_many_attempts') countDown(error.retryAfter ?? 30);
      throw error;
    });
    confirmation.give();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy && secondsLeft === 0) void attempt(confirm);
  };
  return (
    <dialog ref={dialog} className="confirmation" aria-labelledby="confirmation-title" aria-describedby="confirmation-sentence" onCancel={() => confirmation.cancel()}>
      <form className="account-form" onSubmit={submit}>
        <h2 id="confirmation-title">Confirm that it is you</h2>
        <p id="confirmation-sentence" className="soft">{sentence}</p>
        {!wrong && !hasWaited && <ProblemAlert error={problem} />}
        <p className="confirmation-user">Signed in as <b>{user.full_name || user.name}</b></p>
        <input className="hidden-text" type="text" name="name" autoComplete="username" value={user.name} readOnly tabIndex={-1} aria-hidden />
        <PasswordField ref={input} label="Password" value={password} error={wrong} onChange={setPassword} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => confirmation.cancel()}>Cancel</Button>
          <Button type="submit" loading={isBusy} disabled={secondsLeft > 0}>{secondsLeft > 0 ? `Try again in ${secondsLeft} s` : 'Confirm'}</Button>
        </Group>
      </form>
    </dialog>
  );
}
