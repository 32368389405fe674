import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { searchQuery, type Hit } from '../search/hits';
import { MarkedText } from '../search/marked_text';
import { recordIcon } from '../search/record_icon';
import '../search/search.css';
import { Icon } from '../shell/icons';

interface RecordPickerProps {
  label: string;
  onPick: (hit: Hit) => void;
  autoFocus?: boolean;
}

/** Finds a record of whatever kind by its words. */
export function RecordPicker({ label, onPick, autoFocus = false }: RecordPickerProps) {
  const catalogue = useCatalogue();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 160);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, isFetching, error } = useQuery({ ...searchQuery({ text, limit: 8, unfinished: true }), enabled: text.trim() !== '', placeholderData: (before) => before });
  const hits = text.trim() === '' ? [] : data?.hits ?? [];
  const { selectFirstOption } = combobox;
  useEffect(() => { if (hits.length > 0) selectFirstOption(); }, [data, hits.length, selectFirstOption]);
  const nameOf = (hit: Hit) => `${hit.entity} ${hit.id}`;
  const pick = (name: string) => {
    const hit = hits.find((one) => nameOf(one) === name);
    if (hit) onPick(hit);
    setTyped('');
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} shadow="md" position="bottom-start" width="target" withinPortal={false} middlewares={{ flip: true, shift: true }}>
      <Combobox.Target>
        <TextInput
          label={label} value={typed} autoComplete="off" placeholder="Words in its name or text" leftSection={<Icon name="search" size={14} />} rightSection={isFetching ? <Loader size={12} /> : null}
          {...(autoFocus ? { 'data-autofocus': true } : {})} onBlur={() => combobox.closeDropdown()}
          onChange={(event) => { setTyped(event.currentTarget.value); combobox.openDropdown(); }}
          onKeyDown={(event) => { if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation(); }}
        />
      </Combobox.Target>
      <Combobox.Dropdown miw={320} hidden={text.trim() === ''}>
        <Combobox.Options aria-label={`Found for: ${label}`}>
          {hits.map((hit) => (
            <Combobox.Option key={nameOf(hit)} value={nameOf(hit)}>
              <span className="found-record">
                <Icon name={recordIcon(hit.entity, catalogue.entity(hit.entity))} />
                <span>
                  <span className="found-title">{hit.title} <span className="found-excerpt">{hit.kind}</span></span>
                  {hit.excerpt && <span className="found-excerpt"><MarkedText text={hit.excerpt} /></span>}
                </span>
              </span>
            </Combobox.Option>
          ))}
          {hits.length === 0 && <Combobox.Empty>{error ? error.message : isFetching || text !== typed ? 'Searching …' : 'Nothing has these words.'}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
