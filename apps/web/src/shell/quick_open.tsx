import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useSession, type Session } from '../access/session';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import { foundActions } from '../search/found_actions';
import { searchQuery } from '../search/hits';
import '../search/search.css';
import { listAddress, newRecordAddress, reportPageAddress } from './addresses';
import { Icon } from './icons';
import { navigate } from './router';
import { offeredPages } from './offered_pages';
import { permittedCaptures } from './permitted_captures';
import type { Capture } from './special_pages';

const namesAtOnce = 6;
const hitsAtOnce = 16;

/** Ctrl+K: every list, every report, every new document by name, and records by their words as one types. Loaded with the first use. */
export default function QuickOpen({ onCapture }: { onCapture: (capture: Capture) => void }) {
  const catalogue = useCatalogue();
  const session = useSession();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 140);
  const { data: found } = useQuery({ ...searchQuery({ text, limit: hitsAtOnce, unfinished: true }), placeholderData: (before) => (text.trim() === '' ? undefined : before) });
  const names = useMemo(() => [...captureActions(catalogue, onCapture), ...actionsOf(catalogue, session)], [catalogue, session, onCapture]);
  const actions = useMemo(() => [...named(names, typed, typed.trim() === '' ? 12 : namesAtOnce), ...foundActions(catalogue, typed, found)], [names, catalogue, typed, found]);
  useEffect(() => spotlight.open(), []);
  const isTyped = typed.trim() !== '';
  useEffect(() => { if (isTyped) chooseFirst(); }, [actions, isTyped]);
  return (
    <Spotlight
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      filter={(_, all) => all}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Quick open' } }}
      scrollable
      maxHeight={520}
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      searchProps={{ leftSection: <Icon name="search" />, placeholder: 'Search, or open a list, a report, a new document', 'aria-label': 'Quick open', size: 'md' }}
    />
  );
}

/** Those whose name has the words first, then those that are described by them. */
function named(actions: SpotlightActionData[], typed: string, limit: number): SpotlightActionData[] {
  const words = typed.trim().toLowerCase();
  const has = (text: unknown) => String(text ?? '').toLowerCase().includes(words);
  const byName = actions.filter(({ label }) => has(label));
  return [...byName, ...actions.filter((action) => !byName.includes(action) && (has(action.description) || has(action.keywords)))].slice(0, limit);
}

/** What was chosen goes when the words no longer fit it, and what is found later comes in above "Show all results": the first is chosen again. */
function chooseFirst(): void {
  const chosen = document.querySelector('[data-action][data-selected]');
  const first = document.querySelector('[data-action]');
  if (!first || chosen === first || (chosen && !chosen.hasAttribute('data-all'))) return;
  chosen?.removeAttribute('data-selected');
  first.setAttribute('data-selected', 'true');
}

function captureActions(catalogue: Catalogue, onCapture: (capture: Capture) => void): SpotlightActionData[] {
  return permittedCaptures(catalogue).map((capture) => ({
    id: `capture ${capture.entity}`, label: capture.label, description: catalogue.module(capture.entity.split('.')[0]!).title, leftSection: <Icon name="complaint" />,
    onClick: () => onCapture(capture),
  }));
}

function actionsOf(catalogue: Catalogue, session: Session | undefined): SpotlightActionData[] {
  const { entities, modules } = catalogue.document;
  const shown = entities.filter((entity) => entity.menu !== 'hidden');
  return [
    ...shown.map((entity) => ({
      id: entity.name,
      label: entity.plural,
      description: catalogue.module(entity.module).title,
      leftSection: <Icon name="document" />,
      onClick: () => void navigate(listAddress(entity)),
    })),
    ...modules.flatMap(({ name, title }) => catalogue.declaredPagesOf(name).map((page) => ({
      id: page.path, label: page.title, description: title, leftSection: <Icon name="document" />, onClick: () => void navigate(`/${page.path}`),
    }))),
    ...catalogue.reportsInMenu.map((report) => ({
      id: report.name,
      label: report.title,
      description: `${catalogue.module(report.module).title}, report`,
      keywords: report.help ?? '',
      leftSection: <Icon name="report" />,
      onClick: () => void navigate(reportPageAddress(catalogue, report.name)),
    })),
    ...shown
      .filter((entity) => entity.creatable)
      .map((entity) => ({
        id: `new ${entity.name}`,
        label: `New ${entity.title.toLowerCase()}`,
        description: catalogue.module(entity.module).title,
        leftSection: <Icon name="plus" />,
        onClick: () => void navigate(newRecordAddress(entity)),
      })),
    ...offeredPages(catalogue, session?.permissions ?? []).map((page) => ({ id: page.path, label: page.title, description: page.menu?.group ?? '', leftSection: <Icon name="document" />, onClick: () => void navigate(page.path) })),
  ];
}
