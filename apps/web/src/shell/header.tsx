import { ActionIcon, Kbd, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import { useIsLost } from '../live/following';
import { Icon, Mosaic } from './icons';
import { permittedCaptures } from './permitted_captures';
import { Link } from './router';
import type { Capture } from './special_pages';
import { UserMenu } from './user_menu';

interface HeaderProps {
  onQuickOpen: () => void;
  onFold: () => void;
  onCapture: (capture: Capture) => void;
}

export function Header({ onQuickOpen, onFold, onCapture }: HeaderProps) {
  const catalogue = useCatalogue();
  const { document } = catalogue;
  return (
    <header className="header">
      <ActionIcon variant="subtle" color="gray" aria-label="Show or hide the navigation" onClick={onFold}>
        <Icon name="menu" />
      </ActionIcon>
      <Link to="/" className="header-company">
        <Mosaic />
        <span>{document.company.name}</span>
      </Link>
      <div className="header-fill" />
      <button type="button" className="header-search" onClick={onQuickOpen} aria-keyshortcuts="Control+K">
        <Icon name="search" size={14} />
        <span>Search, or open a list …</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <div className="header-fill" />
      <span role="status" className="header-lost" title="What is shown may be out of date">{useIsLost() && 'Not connected'}</span>
      {permittedCaptures(catalogue).map((capture) => (
        <ActionIcon key={capture.entity} variant="subtle" color="gray" aria-label={capture.label} title={capture.label} onClick={() => onCapture(capture)}>
          <Icon name="complaint" />
        </ActionIcon>
      ))}
      <UserMenu />
      <SchemeToggle />
    </header>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={`Use ${other} colours`} onClick={() => setColorScheme(other)}>
      <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}
