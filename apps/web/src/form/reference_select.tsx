import { Combobox, InputBase, Loader, useCombobox, type InputBaseProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FocusEvent } from 'react';
import { labelOf } from '../api/catalogue';
import type { Entity, RecordRow, Reference } from '../api/contract';
import { listQuery, recordQuery } from '../api/queries';
import { recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Link } from '../shell/router';

interface ReferenceSelectProps extends Omit<InputBaseProps, 'value' | 'onChange' | 'pointer'> {
  entity: Entity;
  value: Reference | null;
  onChange: (value: Reference | null) => void;
  'aria-label'?: string | undefined;
  autoFocus?: boolean;
  readOnly?: boolean;
  isBare?: boolean;
  /** A query that limits what is offered: the lines of this order, the items of this supplier. */
  narrowing?: string;
  /** Takes what begins with @ as it was typed: it stands for a record that is known only later. */
  onName?: ((name: string) => void) | undefined;
}

/** Finds a record of another entity by typing a part of what that entity searches in. */
export function ReferenceSelect({ entity, value, onChange, isBare, narrowing = '', onName, ...rest }: ReferenceSelectProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useDebouncedValue(typed ?? '', 180);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const label = useReferenceLabel(entity, value);
  const hint = hintField(entity);

  const { data, isFetching, error } = useQuery({
    ...listQuery(entity, optionsQuery(entity, search, hint, narrowing)),
    enabled: combobox.dropdownOpened,
    staleTime: 30_000,
    placeholderData: (previous) => previous,
  });
  const rows = data?.rows ?? [];
  const isFound = typed !== null && typed.trim() !== '' && search === typed && !isFetching;
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (isFound) selectFirstOption();
  }, [isFound, data, selectFirstOption]);

  const open = () => {
    if (rest.readOnly || rest.disabled) return;
    combobox.openDropdown();
  };
  const close = () => {
    combobox.closeDropdown();
    if (typed !== null && typed.trim() === '' && value) onChange(null);
    if (typed !== null && typed.trim().startsWith('@')) onName?.(typed.trim());
    setTyped(null);
  };
  const choose = (id: string) => {
    const row = rows.find((candidate) => String(candidate.id) === id);
    if (row?.id !== undefined) onChange({ id: row.id, label: labelOf(row[entity.display]) || `#${row.id}` });
    setTyped(null);
    combobox.closeDropdown();
  };

  const link = value && !isBare && (
    <Link to={recordAddress(entity, value.id)} className="reference-open" aria-label={`Open ${label}`} title={`Open ${label}`} tabIndex={-1}>
      <Icon name="open" size={13} />
    </Link>
  );

  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" position="bottom-start" width="target" middlewares={{ flip: true, shift: true }}>
      <Combobox.Target>
        <InputBase
          {...rest}
          {...(isBare ? { variant: 'unstyled' as const } : {})}
          value={typed ?? label}
          autoComplete="off"
          rightSection={isFetching && combobox.dropdownOpened ? <Loader size={12} /> : link}
          rightSectionPointerEvents="auto"
          onFocus={(event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()}
          onClick={open}
          onBlur={close}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            open();
            combobox.resetSelectedOption();
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' && !combobox.dropdownOpened) open();
            if (event.key === 'Tab' && combobox.dropdownOpened && isFound && rows[0]) choose(String(rows[0].id));
            if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown miw={300}>
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {rows.map((row) => <ReferenceOption key={row.id} row={row} entity={entity} hint={hint} />)}
          {rows.length === 0 && (
            <Combobox.Empty>{error ? error.message : isFetching ? 'Searching …' : `No ${entity.title.toLowerCase()} matches.`}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function ReferenceOption({ row, entity, hint }: { row: RecordRow; entity: Entity; hint: string | null }) {
  return (
    <Combobox.Option value={String(row.id)} className="reference-option">
      <span>{labelOf(row[entity.display])}</span>
      {hint && <span className="soft">{labelOf(row[hint])}</span>}
    </Combobox.Option>
  );
}

/** A second column that tells records of like name apart. */
function hintField(entity: Entity): string | null {
  const candidate = entity.fields.find(
    (field) => field.in_list && field.name !== entity.display && (field.kind === 'text' || field.kind === 'reference'),
  );
  return candidate?.name ?? null;
}

function optionsQuery(entity: Entity, search: string, hint: string | null, narrowing: string): URLSearchParams {
  const fields = [entity.display, hint].filter(Boolean).join(',');
  const query = new URLSearchParams({ limit: '25', count: 'false', fields });
  for (const [name, value] of new URLSearchParams(narrowing)) query.set(name, value);
  if (search.trim()) query.set('search', search.trim());
  return query;
}

/** The label of a reference that came as a bare id, from an address or a default. */
export function useReferenceLabel(entity: Entity, value: Reference | null): string {
  const isBare = value !== null && value.label === '';
  const { data } = useQuery({ ...recordQuery(entity, value?.id ?? 0), enabled: isBare, staleTime: 60_000 });
  if (!value) return '';
  return isBare ? labelOf(data?.[entity.display]) || `#${value.id}` : value.label;
}
