import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { useRef, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { formatInstant, isDay, parseDay, parseInstant } from '../format/day';
import { Icon } from '../shell/icons';

interface DateInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (value: string) => void;
}

/** A day typed as ISO text or shortened ("15", "t", "+7"), or picked from the browser's own calendar. */
export function DateInput({ value, onChange, ...rest }: DateInputProps) {
  const { today } = useCatalogue();
  const [typed, setTyped] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const commit = () => {
    if (typed !== null) onChange(parseDay(typed, today) ?? typed.trim());
    setTyped(null);
  };
  return (
    <TextInput
      {...rest}
      value={typed ?? value}
      placeholder="yyyy-mm-dd"
      autoComplete="off"
      classNames={{ input: 'date-input' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const day = parseDay(event.currentTarget.value, today);
        if (day === event.currentTarget.value || event.currentTarget.value === '') onChange(event.currentTarget.value);
      }}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      rightSection={
        <>
          <input
            ref={picker} type="date" className="date-picker" tabIndex={-1} aria-hidden
            value={isDay(value) ? value : ''}
            onChange={(event) => { setTyped(null); onChange(event.currentTarget.value); }}
          />
          <ActionIcon
            size={24} variant="subtle" color="gray" tabIndex={-1} disabled={Boolean(rest.disabled || rest.readOnly)}
            aria-label="Pick a day" onClick={() => picker.current?.showPicker()}
          >
            <Icon name="calendar" size={14} />
          </ActionIcon>
        </>
      }
    />
  );
}

export function InstantInput({ value, onChange, ...rest }: DateInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...rest}
      value={typed ?? (value ? formatInstant(value) : '')}
      placeholder="yyyy-mm-dd hh:mm"
      autoComplete="off"
      classNames={{ input: 'date-input' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(parseInstant(event.currentTarget.value) ?? event.currentTarget.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
