import { Button, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useAttempt } from '../access/attempt';
import { useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import { sentenceOf } from '../api/problem';
import { useRefreshAll } from '../api/queries';
import { humanised } from '../format/value_text';
import { loggedKinds } from './timeline';

/** A call, a visit or a note of a moment ago, written down in one line: it is done at once and stands on the timeline. */
export function LogLine({ party }: { party: number }) {
  const entity = useCatalogue().entity('crm.activity');
  const refreshAll = useRefreshAll();
  const [kind, setKind] = useState('call');
  const [text, setText] = useState('');
  const { isBusy, problem, attempt, clear } = useAttempt();
  const isPermitted = entity?.creatable && entity.workflow?.transitions.some((transition) => transition.name === 'done' && transition.permitted);
  if (!entity || !isPermitted) return null;
  const log = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    void attempt(async () => {
      await send({ method: 'POST', path: `${apiPath(entity.path)}?transition=done`, body: { kind, subject: text.trim(), party } });
      setText('');
      notifications.show({ message: `${humanised(kind)} is on the timeline`, color: 'teal' });
      await refreshAll();
    });
  };
  return (
    <form className="log-line no-print" onSubmit={log}>
      <NativeSelect aria-label="What it was" value={kind} data={loggedKinds.map((name) => ({ value: name, label: humanised(name) }))} onChange={(event) => setKind(event.currentTarget.value)} />
      <TextInput
        aria-label="What was said or done" placeholder="What was said or done" value={text} autoComplete="off" maxLength={300} error={problem === null ? undefined : sentenceOf(problem)}
        onChange={(event) => { setText(event.currentTarget.value); if (problem !== null) clear(); }}
      />
      <Button type="submit" variant="default" loading={isBusy} disabled={text.trim() === ''}>Log</Button>
    </form>
  );
}
