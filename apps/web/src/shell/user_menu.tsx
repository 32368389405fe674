import { Popover } from '@mantine/core';
import { useState } from 'react';
import { end, useSession } from '../access/session';
import { useCatalogue } from '../api/catalogue';
import { Icon } from './icons';
import { Link, mayLeave } from './router';

/** Who is here; a server that acts for one given actor has no account to look at and nobody to sign out. */
export function UserMenu() {
  const { user } = useCatalogue().document;
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  if (!session || session.kind === 'open') return <span className="header-user">{user.name}</span>;
  const name = session.user.full_name || session.user.name;
  const leave = async () => {
    setOpen(false);
    if (!(await mayLeave())) return;
    setLeaving(true);
    await end().finally(() => setLeaving(false));
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={210} trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <button type="button" className="user-button" onClick={() => setOpen(!isOpen)}>
          <span className="avatar" aria-hidden data-initials={initialsOf(name)} />
          <span className="header-user">{name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label="You">
        <div className="user-card">
          <b>{name}</b>
          <span className="soft">{session.user.name}</span>
        </div>
        <ul className="user-choices">
          <li><Link to="/account" onClick={() => setOpen(false)}><Icon name="person" size={14} />My account</Link></li>
          <li><button type="button" disabled={isLeaving} onClick={() => void leave()}><Icon name="leave" size={14} />Sign out</button></li>
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('').toUpperCase();
}
