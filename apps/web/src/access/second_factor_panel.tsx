import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel, ProblemAlert } from '../shell/page';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, type SecondFactor } from './account';
import { useAttempt } from './attempt';
import { PasswordField } from './password_field';
import { sessionQuery, type Session } from './session';
import { CopyButton } from './shown_once';

/** Sets the second factor up in three steps, scan, confirm, keep the recovery codes, and takes it away again. */
export function SecondFactorPanel({ session }: { session: Session }) {
  const client = useQueryClient();
  const [offered, setOffered] = useState<SecondFactor | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const { isBusy, problem, attempt } = useAttempt();
  const refresh = () => client.invalidateQueries(sessionQuery);
  const begin = () => attempt(async () => setOffered(await beginSecondFactor()));
  const confirmed = async (recovery: string[]) => {
    setOffered(null);
    setCodes(recovery);
    await refresh();
  };
  const removed = async () => {
    setRemoving(false);
    await refresh();
  };
  const state = <span className="state" data-tone={session.second_factor ? 'good' : 'quiet'}>{session.second_factor ? 'On' : 'Off'}</span>;
  return (
    <Panel title="Second factor" actions={state}>
      <ProblemAlert error={problem} />
      {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
      {offered && <Confirm offered={offered} onConfirmed={confirmed} onCancel={() => setOffered(null)} />}
      {isRemoving && <Remove onRemoved={removed} onCancel={() => setRemoving(false)} />}
      {!codes && !offered && !isRemoving && (
        <div className="account-form">
          <p className="soft">
            {session.second_factor
              ? 'Signing in also asks for six digits from your authenticator, or one of your recovery codes.'
              : 'Whoever learns your password still cannot sign in: an authenticator on your telephone shows six digits that are asked for as well.'}
          </p>
          <div>
            {session.second_factor
              ? <Button variant="default" onClick={() => setRemoving(true)}>Take it away</Button>
              : <Button variant="default" loading={isBusy} onClick={() => void begin()}>Set it up</Button>}
          </div>
        </div>
      )}
    </Panel>
  );
}

interface ConfirmProps {
  offered: SecondFactor;
  onConfirmed: (recovery: string[]) => Promise<void>;
  onCancel: () => void;
}

function Confirm({ offered, onConfirmed, onCancel }: ConfirmProps) {
  const [code, setCode] = useState('');
  const { isBusy, problem, attempt, saidAs } = useAttempt();
  const wrong = saidAs('kernel.wrong_code');
  const submit = () => attempt(async () => onConfirmed((await confirmSecondFactor(code.replaceAll(' ', ''))).recovery_codes));
  return (
    <form className="second-factor" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <img className="second-factor-code" alt="QR code of the secret below" src={`data:image/svg+xml;utf8,${encodeURIComponent(offered.qr)}`} />
      <div className="account-form">
        <p>Scan this with an authenticator app, or type the secret into it.</p>
        <div className="secret"><code>{inGroups(offered.secret)}</code><CopyButton text={offered.secret} what="secret" /></div>
        {!wrong && <ProblemAlert error={problem} />}
        <TextInput
          label="Six digits it shows" name="code" autoComplete="one-time-code" inputMode="numeric" required withAsterisk={false} autoFocus value={code} error={wrong}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" loading={isBusy}>Switch it on</Button>
          <Button variant="subtle" color="gray" onClick={onCancel}>Cancel</Button>
        </Group>
      </div>
    </form>
  );
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <div className="account-form recovery" role="status">
      <p><b>The second factor is on.</b> Keep these recovery codes where your telephone is not: each lets you in once, and they are not shown again.</p>
      <ul className="recovery-codes" aria-label="Recovery codes">
        {codes.map((code) => <li key={code}><code>{code}</code></li>)}
      </ul>
      <Group gap="xs" className="no-print">
        <CopyButton text={codes.join('\n')} what="recovery codes" />
        <Button variant="default" onClick={() => window.print()}>Print</Button>
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </div>
  );
}

function Remove({ onRemoved, onCancel }: { onRemoved: () => Promise<void>; onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const { isBusy, problem, attempt, saidAs } = useAttempt();
  const wrong = saidAs('kernel.wrong_credentials');
  const submit = () => attempt(async () => {
    await removeSecondFactor(password);
    await onRemoved();
  });
  return (
    <form className="account-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <p className="soft">After this your password alone lets you in.</p>
      {!wrong && <ProblemAlert error={problem} />}
      <PasswordField label="Password" autoFocus value={password} error={wrong} onChange={setPassword} />
      <Group gap="xs">
        <Button type="submit" color="red.9" loading={isBusy}>Take it away</Button>
        <Button variant="default" onClick={onCancel}>Keep it</Button>
      </Group>
    </form>
  );
}
