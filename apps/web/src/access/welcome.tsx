import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { ProblemAlert } from '../shell/page';
import { Link, navigate } from '../shell/router';
import { MosaicFrame } from './mosaic_frame';
import { NewPassword } from './new_password';
import { acceptInvitation, begin, invitationOf, type Invitation } from './session';

/** /welcome#<link>: who was invited chooses a password and is in. The link stays in the browser's fragment, which no server sees. */
export default function Welcome() {
  const [link] = useState(() => location.hash.slice(1));
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    document.title = 'Welcome · Tessera';
    invitationOf(link).then(setInvitation, setProblem);
  }, [link]);
  return (
    <MosaicFrame company={invitation?.company ?? 'Tessera'}>
      {invitation ? <ChoosePassword link={link} invitation={invitation} /> : problem ? <NoInvitation problem={problem} /> : <Loader size="sm" role="status" aria-label="Loading" />}
    </MosaicFrame>
  );
}

function NoInvitation({ problem }: { problem: unknown }) {
  return (
    <div className="entrance-form">
      <h1>This link leads nowhere</h1>
      <ProblemAlert error={problem} />
      <p className="soft">A link can be used once and only for some days. Whoever sent it can make a new one.</p>
      <Link className="plain-link" to="/">Sign in with a password</Link>
    </div>
  );
}

function ChoosePassword({ link, invitation: { user, purpose, company } }: { link: string; invitation: Invitation }) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isWeak = problem instanceof Problem && problem.code === 'kernel.weak_password';
  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const session = await acceptInvitation(link, password);
      await navigate('/', { replace: true });
      begin(client, session);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="entrance-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h1>{purpose === 'reset' ? 'A new password' : `Welcome, ${user.full_name || user.name}`}</h1>
      <p className="soft">
        {purpose === 'reset' ? <>Choose a new password for {company}. </> : <>You are invited to work with {company}. </>}
        Your name for signing in is <b>{user.name}</b>.
      </p>
      {!isWeak && <ProblemAlert error={problem} />}
      <input className="hidden-text" type="text" name="name" autoComplete="username" value={user.name} readOnly tabIndex={-1} aria-hidden />
      <NewPassword label="Password" size="md" value={password} onChange={setPassword} error={isWeak ? problem.message : undefined} data-autofocus autoFocus />
      <Button type="submit" size="md" fullWidth loading={isBusy}>{purpose === 'reset' ? 'Use this password' : 'Choose it and go in'}</Button>
    </form>
  );
}
