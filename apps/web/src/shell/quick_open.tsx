import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useEffect, useMemo } from 'react';
import { useSession, type Session } from '../access/session';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import { grants } from '../api/grants';
import { listAddress, newRecordAddress, reportPageAddress } from './addresses';
import { Icon } from './icons';
import { navigate } from './router';
import { permittedCaptures } from './permitted_captures';
import { ownPages, type Capture } from './special_pages';

/** Ctrl+K: every list, every report, every new document by name. Loaded with the first use. */
export default function QuickOpen({ onCapture }: { onCapture: (capture: Capture) => void }) {
  const catalogue = useCatalogue();
  const session = useSession();
  const actions = useMemo(() => [...captureActions(catalogue, onCapture), ...actionsOf(catalogue, session)], [catalogue, session, onCapture]);
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Quick open' } }}
      limit={12}
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      nothingFound="Nothing has that name."
      searchProps={{ leftSection: <Icon name="search" />, placeholder: 'Open a list, a report, a new document', 'aria-label': 'Quick open', size: 'md' }}
    />
  );
}

function captureActions(catalogue: Catalogue, onCapture: (capture: Capture) => void): SpotlightActionData[] {
  return permittedCaptures(catalogue).map((capture) => ({
    id: `capture ${capture.entity}`, label: capture.label, description: catalogue.module(capture.entity.split('.')[0]!).title, leftSection: <Icon name="complaint" />,
    onClick: () => onCapture(capture),
  }));
}

function actionsOf(catalogue: Catalogue, session: Session | undefined): SpotlightActionData[] {
  const { entities, modules, reports } = catalogue.document;
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
    ...reports.map((report) => ({
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
    ...ownPages
      .filter(({ menu }) => !menu || grants(session?.permissions ?? [], menu.permission))
      .map((page) => ({ id: page.path, label: page.title, description: page.menu?.group ?? '', leftSection: <Icon name="document" />, onClick: () => void navigate(page.path) })),
  ];
}
