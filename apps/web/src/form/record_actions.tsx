import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { isDestructive, transitionsFrom } from '../api/catalogue';
import type { Entity, Transition } from '../api/contract';
import { Icon } from '../shell/icons';
import { DeleteDialog } from './delete_dialog';
import type { RecordEditor } from './record_editor';
import { TransitionDialog } from './transition_dialog';

interface RecordActionsProps {
  entity: Entity;
  editor: RecordEditor;
  isEditable: boolean;
  state: string | null;
}

/** Save, the document's transitions as buttons, and behind the dots what destroys. */
export function RecordActions({ entity, editor, isEditable, state }: RecordActionsProps) {
  const [asked, ask] = useState<Transition | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const from = state ?? entity.workflow?.states[0]?.name ?? null;
  const transitions = transitionsFrom(entity, from).filter((transition) => transition.permitted);
  const buttons = transitions.filter((transition) => !isDestructive(transition)).slice(0, 4);
  const hidden = transitions.filter((transition) => !buttons.includes(transition) && (editor.record || !isDestructive(transition)));
  const mayDelete = entity.deletable && editor.record !== null;
  const first = buttons[0];

  const start = (transition: Transition) => {
    if (transition.input.length > 0 || isDestructive(transition)) ask(transition);
    else void editor.save(transition);
  };
  const label = (transition: Transition) =>
    editor.isDirty || !editor.record ? `Save and ${transition.label.charAt(0).toLowerCase()}${transition.label.slice(1)}` : transition.label;

  return (
    <>
      {editor.isDirty && editor.record && <Button variant="subtle" color="gray" onClick={editor.discard}>Discard changes</Button>}
      {isEditable && (editor.isDirty || !editor.record) && (
        <Button variant={first ? 'default' : 'filled'} loading={editor.isSaving} onClick={() => void editor.save()}>Save</Button>
      )}
      {buttons.map((transition) => (
        <Tooltip key={transition.name} label={transition.help} disabled={!transition.help}>
          <Button variant={transition === first ? 'filled' : 'default'} loading={editor.isSaving} onClick={() => start(transition)}>{label(transition)}</Button>
        </Tooltip>
      ))}
      {(hidden.length > 0 || mayDelete) && (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label="More actions"><Icon name="dots" /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.map((transition) => (
              <Menu.Item
                key={transition.name} {...(isDestructive(transition) ? { c: 'var(--bad)' } : {})} onClick={() => start(transition)} title={transition.help || undefined}
              >
                {label(transition)}
              </Menu.Item>
            ))}
            {mayDelete && <Menu.Item c="var(--bad)" leftSection={<Icon name="trash" size={14} />} onClick={() => setDeleting(true)}>Delete</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && (
        <TransitionDialog
          entity={entity} transition={asked} problem={editor.problem} isBusy={editor.isSaving}
          run={(input) => editor.save(asked, input)} onClose={() => ask(null)}
        />
      )}
      {isDeleting && <DeleteDialog entity={entity} editor={editor} onClose={() => setDeleting(false)} />}
    </>
  );
}
