import { ActionIcon, Popover } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { Icon } from '../shell/icons';
import type { BoardColumn } from './board_fields';

interface MoveChoicesProps {
  name: string;
  targets: BoardColumn[];
  isCurrent: boolean;
  isBusy: boolean;
  onMove: (to: BoardColumn) => void;
}

/** The columns that a card may go to, for who does not drag it. */
export function MoveChoices({ name, targets, isCurrent, isBusy, onMove }: MoveChoicesProps) {
  const [isOpen, setOpen] = useState(false);
  const choose = (column: BoardColumn) => {
    setOpen(false);
    onMove(column);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={24} variant="subtle" color="gray" tabIndex={isCurrent ? 0 : -1} aria-label={`Move ${name} to …`} title="Move to …" disabled={isBusy} onClick={() => setOpen(!isOpen)}
        >
          <Icon name="move" size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Move to" p={4} onKeyDown={stepped}>
        {isOpen && (
          <ul className="move-choices">
            {targets.map((column, index) => (
              <li key={column.key}><button type="button" {...(index === 0 ? { 'data-autofocus': true } : {})} onClick={() => choose(column)}>{column.label}</button></li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function stepped(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  // What is pressed here is not meant for the board behind.
  event.stopPropagation();
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  all[(all.indexOf(document.activeElement as HTMLButtonElement) + step + all.length) % all.length]?.focus();
}
