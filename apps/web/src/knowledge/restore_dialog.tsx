import { Button, Group } from '@mantine/core';
import type { Entity, RecordRow, Transition } from '../api/contract';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { useMoving } from './use_moving';

interface RestoreDialogProps {
  asset: Entity;
  id: number;
  revision: RecordRow;
  transition: Transition;
  onClose: () => void;
}

/** An old text becomes the newest revision; nothing that came between is lost. */
export function RestoreDialog({ asset, id, revision, transition, onClose }: RestoreDialogProps) {
  const { isBusy, problem, move } = useMoving(asset, id);
  const field = transition.input[0];
  const value = field?.kind === 'reference' ? revision.id : Number(revision['number']);
  const restore = () => void move(transition, { [field?.name ?? 'revision']: value ?? null }, `The text is again that of revision ${String(revision['number'])}`).then((moved) => { if (moved) onClose(); });
  return (
    <Dialog title={`Restore revision ${String(revision['number'])}?`} size="sm" onClose={onClose}>
      <ProblemAlert error={problem} />
      <p style={{ marginTop: 0 }}>Its text becomes the newest revision. Those that came after it stay in this list.</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>Close</Button>
        <Button loading={isBusy} onClick={restore} data-autofocus>Restore</Button>
      </Group>
    </Dialog>
  );
}
