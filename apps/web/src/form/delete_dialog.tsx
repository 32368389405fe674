import { Button, Group } from '@mantine/core';
import type { Entity } from '../api/contract';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import type { RecordEditor } from './record_editor';

export function DeleteDialog({ entity, editor, onClose }: { entity: Entity; editor: RecordEditor; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={`Delete this ${entity.title.toLowerCase()}?`} size="sm">
      <p className="dialog-help">It cannot be brought back.</p>
      <ProblemAlert error={editor.problem} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>Keep it</Button>
        <Button color="red.9" loading={editor.isSaving} onClick={() => void editor.remove()}>Delete</Button>
      </Group>
    </Dialog>
  );
}
