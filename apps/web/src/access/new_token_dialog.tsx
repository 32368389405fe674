import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { DateInput } from '../form/date_input';
import { addDays } from '../format/day';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { makeToken } from './account';
import { useAttempt } from './attempt';
import { PermissionPicker } from './permission_picker';
import type { Session } from './session';

interface NewTokenDialogProps {
  session: Session;
  onMade: (token: { id: number; token: string }) => void;
  onClose: () => void;
}

/** A token never may more than its owner: only what one has oneself is offered. */
export function NewTokenDialog({ session, onMade, onClose }: NewTokenDialogProps) {
  const { today } = useCatalogue();
  const [title, setTitle] = useState('');
  const [permissions, setPermissions] = useState<string[]>([]);
  const [until, setUntil] = useState(addDays(today, 365));
  const [isTried, setTried] = useState(false);
  const { isBusy, problem, attempt } = useAttempt();
  const lacksTitle = isTried && title.trim() === '';
  const lacksPermissions = isTried && permissions.length === 0;
  const submit = () => {
    setTried(true);
    if (title.trim() === '' || permissions.length === 0) return;
    void attempt(async () => onMade(await makeToken({ title: title.trim(), permissions, expires_on: until || null })));
  };
  return (
    <Dialog title="New token" size="lg" onClose={onClose}>
      <form noValidate className="account-form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <ProblemAlert error={problem} />
        <div className="token-head">
          <TextInput
            label="What it is for" placeholder="Nightly export" required withAsterisk={false} data-autofocus value={title} error={lacksTitle && 'Say what it is for.'}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <DateInput label="Until" description="Empty: until it is revoked." inputWrapperOrder={['label', 'input', 'description']} value={until} onChange={setUntil} />
        </div>
        <fieldset className="picker-frame">
          <legend>What it may do</legend>
          {lacksPermissions && <p className="field-error" role="alert">Choose what it may do.</p>}
          <PermissionPicker chosen={permissions} onChange={setPermissions} within={session.permissions} />
        </fieldset>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Close</Button>
          <Button type="submit" loading={isBusy}>Make the token</Button>
        </Group>
      </form>
    </Dialog>
  );
}
