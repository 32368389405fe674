import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import type { Entity } from '../api/contract';
import { Icon } from '../shell/icons';
import { proposedColumns, shownColumns, type ListState } from './list_state';

interface ColumnChooserProps {
  entity: Entity;
  state: ListState;
  onChange: (next: ListState, replace?: boolean) => void;
}

/** Which columns, in which order. */
export function ColumnChooser({ entity, state, onChange }: ColumnChooserProps) {
  const shown = shownColumns(state, entity).map((field) => field.name);
  const others = entity.fields.filter((field) => field.kind !== 'lines' && !shown.includes(field.name));
  const all = [...shown.map((name) => entity.fields.find((field) => field.name === name)!), ...others];
  const show = (columns: string[]) => onChange({ ...state, columns }, true);
  const toggle = (name: string) => show(shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name]);
  const raise = (name: string) => {
    const index = shown.indexOf(name);
    const next = [...shown];
    next.splice(index, 1);
    next.splice(index - 1, 0, name);
    show(next);
  };
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={270}>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<Icon name="columns" size={14} />}>Columns</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <ul className="column-list">
          {all.map((field) => {
            const index = shown.indexOf(field.name);
            return (
              <li key={field.name}>
                <Checkbox label={field.label} checked={index >= 0} disabled={index >= 0 && shown.length === 1} onChange={() => toggle(field.name)} />
                {index > 0 && (
                  <ActionIcon size={24} variant="subtle" color="gray" aria-label={`Move ${field.label} to the left`} onClick={() => raise(field.name)}>
                    <Icon name="chevron" size={12} style={{ transform: 'rotate(-90deg)' }} />
                  </ActionIcon>
                )}
              </li>
            );
          })}
        </ul>
        <Button variant="subtle" color="gray" fullWidth onClick={() => show(proposedColumns(entity).map((field) => field.name))}>As proposed</Button>
      </Popover.Dropdown>
    </Popover>
  );
}
