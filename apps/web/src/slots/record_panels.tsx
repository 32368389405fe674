import { Suspense, useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, PanelSlot, RecordRow } from '../api/contract';
import { recordAsides, specialPanels } from '../shell/special_pages';
import { ViewPanel } from './view_panel';
import { viewSource } from './view_source';

/** What modules show on the page of every record of an entity. */
export default function RecordPanels({ entity, record, without = [] }: { entity: Entity; record: RecordRow; without?: string[] }) {
  const catalogue = useCatalogue();
  const isBeside = ({ view }: PanelSlot) => recordAsides.some(({ report, of }) => report === view.report && of(entity));
  const panels = catalogue.panelsOf(entity).filter((panel) => !without.includes(panel.name) && !isBeside(panel));
  return (
    <div className="record-panels no-print">
      {panels.map((panel) => <RecordPanel key={panel.name} panel={panel} record={record} />)}
    </div>
  );
}

function RecordPanel({ panel, record }: { panel: PanelSlot; record: RecordRow }) {
  const catalogue = useCatalogue();
  const source = useMemo(() => viewSource(catalogue, panel.view, record), [catalogue, panel, record]);
  const Special = specialPanels[panel.name];
  if (Special === null) return null;
  if (source && Special) return <Suspense fallback={null}><Special title={panel.title} record={record} /></Suspense>;
  return source && <ViewPanel source={source} title={panel.title} foldedAs={panel.name} />;
}
