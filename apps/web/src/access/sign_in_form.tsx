import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Problem } from '../api/problem';
import { ProblemAlert } from '../shell/page';
import { PasswordField } from './password_field';
import { signIn, type Session } from './session';
import { useSecondsLeft } from './seconds_left';

interface SignInFormProps {
  title: string;
  hint: string;
  /** Who was here last, to be kept. */
  name?: string;
  onSignedIn: (session: Session) => void;
}

/** Name and password; the six digits only when the server asks for them. What is wrong is said where it is wrong. */
export function SignInForm({ title, hint, name: known = '', onSignedIn }: SignInFormProps) {
  const [name, setName] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [secondsLeft, countDown] = useSecondsLeft();
  const form = useRef<HTMLFormElement>(null);
  const said = problem instanceof Problem ? problem.code : '';

  const focus = (field: string) => form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
  useEffect(() => focus(asksCode ? 'code' : known ? 'password' : 'name'), [asksCode, known]);
  useEffect(() => {
    if (said === 'kernel.wrong_credentials') focus('password');
    if (said === 'kernel.wrong_code') focus('code');
  }, [problem, said]);

  const refuse = (error: unknown) => {
    const { code: refused, retryAfter } = error instanceof Problem ? error : { code: '', retryAfter: null };
    if (refused === 'kernel.code_required') {
      setAsksCode(true);
      return setProblem(null);
    }
    if (refused === 'kernel.too_many_attempts') countDown(retryAfter ?? 30);
    if (refused === 'kernel.wrong_credentials') setAsksCode(false);
    if (refused === 'kernel.wrong_code') setCode('');
    setProblem(error);
  };

  const submit = async (typedCode: string) => {
    if (isBusy || secondsLeft > 0) return;
    setBusy(true);
    try {
      onSignedIn(await signIn({ name: name.trim(), password, ...(asksCode ? { code: typedCode.replaceAll(' ', '') } : {}) }));
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  const typeCode = (typed: string) => {
    setCode(typed);
    if (/^\d{6}$/.test(typed.replaceAll(' ', ''))) void submit(typed);
  };

  const elsewhere = said === 'kernel.wrong_credentials' || said === 'kernel.wrong_code' || (said === 'kernel.too_many_attempts' && secondsLeft === 0) ? null : problem;
  return (
    <form ref={form} className="entrance-form" onSubmit={(event: FormEvent) => { event.preventDefault(); void submit(code); }}>
      <h1>{asksCode ? 'Second factor' : title}</h1>
      <p className="soft">{asksCode ? 'Enter the six digits that your authenticator shows, or one of your recovery codes.' : hint}</p>
      <ProblemAlert error={elsewhere} />
      <div className="entrance-fields" hidden={asksCode}>
        <TextInput
          label="Name" name="name" size="md" autoComplete="username" autoCapitalize="none" spellCheck={false} required withAsterisk={false} value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordField label="Password" size="md" value={password} error={said === 'kernel.wrong_credentials' && sentence(problem)} onChange={setPassword} />
      </div>
      {asksCode && (
        <TextInput
          label="Code" name="code" size="md" autoComplete="one-time-code" inputMode="numeric" autoCapitalize="none" spellCheck={false} required withAsterisk={false}
          value={code} error={said === 'kernel.wrong_code' && sentence(problem)} onChange={(event) => typeCode(event.currentTarget.value)} classNames={{ input: 'code-input' }}
        />
      )}
      <Button type="submit" size="md" fullWidth loading={isBusy} disabled={secondsLeft > 0}>
        {secondsLeft > 0 ? `Try again in ${secondsLeft} s` : 'Sign in'}
      </Button>
      {asksCode && <Button variant="subtle" color="gray" onClick={() => { setAsksCode(false); setProblem(null); }}>Sign in as somebody else</Button>}
    </form>
  );
}

function sentence(problem: unknown): string {
  return problem instanceof Error ? problem.message : '';
}
