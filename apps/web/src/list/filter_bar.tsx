import { Button, CloseButton, Popover } from '@mantine/core';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { useReferenceLabel } from '../form/reference_select';
import { valueText } from '../format/value_text';
import { Icon } from '../shell/icons';
import { FilterEditor } from './filter_editor';
import { choiceOf, type Filter } from './filters';

interface FilterBarProps {
  entity: Entity;
  filters: Filter[];
  /** Whether one state is chosen by a tab, and so is no filter to look at. */
  hasTabs: boolean;
  onChange: (next: Filter[]) => void;
}

export function FilterBar({ entity, filters, hasTabs, onChange }: FilterBarProps) {
  const [edited, edit] = useState<number | 'new' | null>(null);
  const replace = (index: number, filter: Filter | null) => {
    onChange(filters.flatMap((old, at) => (at === index ? (filter ? [filter] : []) : [old])));
    edit(null);
  };
  const add = (filter: Filter | null) => {
    if (filter) onChange([...filters, filter]);
    edit(null);
  };
  return (
    <>
      {filters.map((filter, index) => hasTabs && isShownAsTab(filter, entity) ? null : (
        <EditorPopover key={index} isOpen={edited === index} onClose={() => edit(null)} entity={entity} filter={filter} onDone={(next) => replace(index, next)}>
          <span className="filter-chip">
            <button type="button" aria-haspopup="dialog" aria-expanded={edited === index} onClick={() => edit(edited === index ? null : index)}>
              <FilterText entity={entity} filter={filter} />
            </button>
            <CloseButton size={22} iconSize={12} aria-label={`Remove the filter on ${labelOfField(entity, filter.field)}`} onClick={() => replace(index, null)} />
          </span>
        </EditorPopover>
      ))}
      <EditorPopover isOpen={edited === 'new'} onClose={() => edit(null)} entity={entity} filter={null} onDone={add}>
        <Button variant="subtle" color="gray" leftSection={<Icon name="filter" size={14} />} aria-haspopup="dialog" aria-expanded={edited === 'new'} onClick={() => edit(edited === 'new' ? null : 'new')}>Filter</Button>
      </EditorPopover>
    </>
  );
}

function isShownAsTab(filter: Filter, entity: Entity): boolean {
  return filter.field === entity.workflow?.field && filter.operator === 'equals';
}

interface EditorPopoverProps {
  isOpen: boolean;
  onClose: () => void;
  entity: Entity;
  filter: Filter | null;
  onDone: (filter: Filter | null) => void;
  children: React.ReactElement;
}

function EditorPopover({ isOpen, onClose, entity, filter, onDone, children }: EditorPopoverProps) {
  return (
    <Popover opened={isOpen} onChange={(opened) => !opened && onClose()} position="bottom-start" trapFocus returnFocus withRoles={false} width={320}>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Filter">
        {isOpen && <FilterEditor entity={entity} filter={filter} onDone={onDone} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function labelOfField(entity: Entity, name: string): string {
  return entity.fields.find((field) => field.name === name)?.label ?? name;
}

function FilterText({ entity, filter }: { entity: Entity; filter: Filter }) {
  const field = entity.fields.find((candidate) => candidate.name === filter.field);
  if (!field) return null;
  const choice = choiceOf(filter, field.kind);
  return (
    <>
      {field.label} <span className="soft">{choice?.label ?? filter.operator}</span>{' '}
      {choice?.fixed === undefined && <b><FilterValue field={field} value={filter.value} entity={entity} /></b>}
    </>
  );
}

function FilterValue({ field, value, entity }: { field: Field; value: string; entity: Entity }) {
  const catalogue = useCatalogue();
  const target = catalogue.entity(field.entity);
  if (field.kind === 'reference' && target && /^\d+$/.test(value)) return <ReferenceText entity={target} id={Number(value)} />;
  if (field.kind === 'choice' || field.name === entity.workflow?.field) {
    const labels = [...(field.choices ?? []), ...(entity.workflow?.states ?? []).map((state) => ({ value: state.name, label: state.label }))];
    return value.split(',').map((part) => labels.find((choice) => choice.value === part)?.label ?? part).join(', ');
  }
  return valueText(value, field, catalogue.company.decimals);
}

function ReferenceText({ entity, id }: { entity: Entity; id: number }) {
  return useReferenceLabel(entity, { id, label: '' });
}
