import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useAttempt } from '../access/attempt';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow } from '../api/contract';
import { Problem } from '../api/problem';
import { useRefreshAll } from '../api/queries';
import { recordAddress } from '../shell/addresses';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { navigate } from '../shell/router';

interface LessonDialogProps {
  assets: Entity;
  about: { entity: Entity; id: number; label: string };
  onClose: () => void;
}

/** One sentence is enough: the lesson is kept as a draft that is linked to the record it comes from. */
export default function LessonDialog({ assets, about, onClose }: LessonDialogProps) {
  const refreshAll = useRefreshAll();
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const { isBusy, problem, attempt, clear } = useAttempt();
  const errorAt = (field: string) => (problem instanceof Problem && problem.field === field ? problem.message : undefined);
  const keep = (writesOn: boolean) => {
    void attempt(async () => {
      const links = [{ entity: about.entity.name, record: about.id, relation: 'about' }];
      const saved = await send<RecordRow>({ method: 'POST', path: apiPath(assets.path), body: { kind: 'lesson', title: title.trim(), ...(body.trim() ? { body: body.trim() } : {}), links } });
      onClose();
      void refreshAll();
      if (writesOn) return navigate(`${recordAddress(assets, saved.id ?? 0)}?view=edit`);
      notifications.show({ message: 'The lesson is kept as a draft', color: 'teal' });
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep(false);
  };
  return (
    <Dialog title="Capture a lesson" onClose={onClose}>
      <form noValidate className="dialog-fields" onSubmit={submit}>
        {!errorAt('title') && !errorAt('body') && <ProblemAlert error={problem} />}
        <TextInput label="What did we learn?" description="In one sentence, as somebody else needs it" inputWrapperOrder={['label', 'input', 'description', 'error']} required value={title} error={errorAt('title')} autoComplete="off" data-autofocus data-field="title" onChange={(event) => { setTitle(event.currentTarget.value); clear(); }} />
        <Textarea label="What happened" autosize minRows={3} maxRows={10} value={body} error={errorAt('body')} data-field="body" onChange={(event) => setBody(event.currentTarget.value)} />
        <p className="soft" style={{ margin: 0 }}>Linked to {about.entity.title.toLowerCase()} {about.label}.</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Close</Button>
          <Button variant="default" disabled={isBusy || title.trim() === ''} onClick={() => keep(true)}>Write on</Button>
          <Button type="submit" loading={isBusy}>Keep it</Button>
        </Group>
      </form>
    </Dialog>
  );
}
