import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useAttempt } from '../access/attempt';
import { send } from '../api/client';
import type { Entity } from '../api/contract';
import { useRefreshAll } from '../api/queries';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { attachmentsPath, attachmentsQuery, type Attachment } from './attachments';

interface RemoveDialogProps {
  entity: Entity;
  id: number;
  attachment: Attachment;
  onClose: () => void;
  onRemoved: () => void;
}

export function RemoveDialog({ entity, id, attachment, onClose, onRemoved }: RemoveDialogProps) {
  const client = useQueryClient();
  const refreshAll = useRefreshAll();
  const { isBusy, problem, attempt } = useAttempt();
  const run = () =>
    attempt(async () => {
      await send({ method: 'DELETE', path: `${attachmentsPath(entity, id)}/${attachment.id}` });
      client.setQueryData(attachmentsQuery(entity, id).queryKey, (known) => known && { rows: known.rows.filter((row) => row.id !== attachment.id) });
      notifications.show({ message: `${attachment.name} removed`, color: 'teal' });
      onClose();
      onRemoved();
      void refreshAll();
    });
  return (
    <Dialog onClose={onClose} title="Remove this file?" size="sm">
      <p className="dialog-help"><b>{attachment.name}</b> cannot be brought back. The history keeps that it was there.</p>
      <ProblemAlert error={problem} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>Keep it</Button>
        <Button color="red.9" loading={isBusy} onClick={() => void run()}>Remove</Button>
      </Group>
    </Dialog>
  );
}
