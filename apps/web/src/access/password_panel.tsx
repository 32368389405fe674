import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel, ProblemAlert } from '../shell/page';
import { changePassword, ownSessionsQuery } from './account';
import { useAttempt } from './attempt';
import { NewPassword } from './new_password';
import { PasswordField } from './password_field';
import type { Session } from './session';

export function PasswordPanel({ session }: { session: Session }) {
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { isBusy, problem, attempt, saidAs } = useAttempt();
  const wrong = saidAs('kernel.wrong_credentials');
  const weak = saidAs('kernel.weak_password');
  const submit = () =>
    attempt(async () => {
      await changePassword(current, next);
      setCurrent('');
      setNext('');
      notifications.show({ message: 'Password changed; your other sessions have ended', color: 'teal' });
      await client.invalidateQueries(ownSessionsQuery);
    });
  return (
    <Panel title="Password">
      <form className="account-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        {!wrong && !weak && <ProblemAlert error={problem} />}
        <input className="hidden-text" type="text" name="name" autoComplete="username" value={session.user.name} readOnly tabIndex={-1} aria-hidden />
        <PasswordField label="Password now" value={current} error={wrong} onChange={setCurrent} />
        <NewPassword label="New password" value={next} onChange={setNext} error={weak} hasSecondFactor={session.second_factor === true} />
        <div><Button type="submit" variant="default" loading={isBusy}>Change the password</Button></div>
      </form>
    </Panel>
  );
}
