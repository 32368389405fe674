import { Popover } from '@mantine/core';
import { useState } from 'react';
import { Link } from '../shell/router';

interface FactProps {
  label: string;
  value: string;
  unit?: string | undefined;
  note?: string | undefined;
  to?: string | undefined;
  tone?: 'bad' | undefined;
  /** How it came about, told when somebody asks. */
  why?: string | undefined;
}

/** One figure of a row of facts, with the way to what is behind it. */
export function Fact({ label, value, unit, note, to, tone, why }: FactProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = <>{value}{unit && <span className="soft"> {unit}</span>}</>;
  return (
    <div data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <b>{to ? <Link to={to}>{shown}</Link> : shown}</b>
        {why && (
          <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={360} trapFocus returnFocus>
            <Popover.Target>
              <button type="button" className="why-button" aria-label={`Why ${label.toLowerCase()} ${value}`} onClick={() => setOpen(!isOpen)}>why</button>
            </Popover.Target>
            <Popover.Dropdown tabIndex={-1}><p className="why-text">{why}</p></Popover.Dropdown>
          </Popover>
        )}
      </dd>
      {note && <dd className="soft fact-note">{note}</dd>}
    </div>
  );
}
