import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, InputField, Value } from '../api/contract';
import { valueText } from '../format/value_text';
import { Dialog } from '../shell/dialog';
import type { Draft, DraftValue } from './draft';
import type { Conflict, RecordEditor } from './record_editor';

type Side = 'mine' | 'theirs';

/** Someone else saved the same fields meanwhile: for each of them a person says which value stays. */
export function ConflictDialog({ entity, editor, conflict }: { entity: Entity; editor: RecordEditor; conflict: Conflict }) {
  const [sides, setSides] = useState<Record<string, Side>>({});
  const sideOf = (name: string): Side => sides[name] ?? 'mine';
  const save = () => {
    const chosen: Draft = { ...conflict.draft };
    for (const { name } of conflict.conflicts) if (sideOf(name) === 'theirs') chosen[name] = conflict.theirs[name] ?? null;
    editor.resolve(chosen);
  };
  return (
    <Dialog onClose={editor.cancelConflict} size="lg" title={`This ${entity.title.toLowerCase()} has changed since you opened it`}>
      <p className="dialog-help">Choose what stays. Your other changes are kept, and so are theirs.</p>
      <table className="conflict">
        <thead>
          <tr><th scope="col">Field</th><th scope="col">Mine</th><th scope="col">Theirs</th></tr>
        </thead>
        <tbody>
          {conflict.conflicts.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.label}</th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}>
                  <label>
                    <input
                      type="radio" name={field.name} checked={sideOf(field.name) === side}
                      onChange={() => setSides((now) => ({ ...now, [field.name]: side }))}
                    />
                    <DraftText field={field} value={side === 'mine' ? conflict.draft[field.name] : conflict.theirs[field.name]} />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={editor.cancelConflict}>Keep editing</Button>
        <Button onClick={save}>Save this</Button>
      </Group>
    </Dialog>
  );
}

function DraftText({ field, value }: { field: InputField; value: DraftValue | undefined }) {
  const { company } = useCatalogue();
  if (Array.isArray(value)) return <span>{value.length} lines</span>;
  return <span>{valueText(value as Value, field, company.decimals) || <span className="soft">empty</span>}</span>;
}
