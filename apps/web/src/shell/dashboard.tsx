import { useQueries } from '@tanstack/react-query';
import { Suspense } from 'react';
import { openStates, useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { countQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { listAddress, newRecordAddress, reportPageAddress } from './addresses';
import { Page, Panel, ProblemAlert } from './page';
import { Link } from './router';
import { specialReports } from './special_pages';
import { toneOf } from './state_badge';

export default function Dashboard() {
  const catalogue = useCatalogue();
  const { entities, reports, company, today } = catalogue.document;
  const documents = entities.filter((entity) => entity.menu === 'documents' && entity.workflow);
  const tiles = reports.filter((report) => specialReports[report.name]);
  return (
    <Page title={company.name} badge={<span className="soft">{today}</span>}>
      <div className="dashboard">
        <OpenDocuments documents={documents} />
        {tiles.map((report) => {
          const Tile = specialReports[report.name]!.tile;
          return <Suspense key={report.name} fallback={<Panel title={report.title}>…</Panel>}><Tile report={report} /></Suspense>;
        })}
        <Panel title="Start something new">
          <ul className="link-columns">
            {entities.filter((entity) => entity.creatable && ['documents', 'master_data'].includes(entity.menu)).map((entity) => (
              <li key={entity.name}><Link className="plain-link" to={newRecordAddress(entity)}>{entity.title}</Link></li>
            ))}
          </ul>
        </Panel>
        <Panel title="Reports" actions={<Link className="plain-link" to="/reports">All</Link>}>
          <ul className="link-columns">
            {reports.slice(0, 16).map((report) => (
              <li key={report.name}><Link className="plain-link" to={reportPageAddress(catalogue, report.name)}>{report.title}</Link></li>
            ))}
          </ul>
        </Panel>
      </div>
    </Page>
  );
}

function OpenDocuments({ documents }: { documents: Entity[] }) {
  const cells = documents.flatMap((entity) => openStates(entity).map((state) => ({ entity, state })));
  const counts = useQueries({
    queries: cells.map(({ entity, state }) => countQuery(entity, { [entity.workflow!.field]: state.name })),
  });
  const totals = new Map(cells.map(({ entity, state }, index) => [`${entity.name} ${state.name}`, counts[index]?.data?.total]));
  const error = counts.find((count) => count.error)?.error;
  return (
    <Panel title="Open documents">
      <ProblemAlert error={error} />
      <table className="work-table">
        <tbody>
          {documents.map((entity) => (
            <tr key={entity.name}>
              <th scope="row"><Link className="plain-link" to={listAddress(entity)}>{entity.plural}</Link></th>
              <td><StateCounts entity={entity} totals={totals} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function StateCounts({ entity, totals }: { entity: Entity; totals: Map<string, number | null | undefined> }) {
  const states = openStates(entity);
  const isKnown = states.every((state) => totals.get(`${entity.name} ${state.name}`) !== undefined);
  const shown = states.filter((state) => totals.get(`${entity.name} ${state.name}`));
  if (!isKnown && shown.length === 0) return <span className="soft">…</span>;
  if (shown.length === 0) return <span className="soft">None open</span>;
  return (
    <div className="work-states">
      {shown.map((state) => (
        <Link key={state.name} to={listAddress(entity, { [entity.workflow!.field]: state.name })}>
          <span className="state" data-tone={toneOf(entity, state.name)}>
            {state.label} <b>{formatDecimal(String(totals.get(`${entity.name} ${state.name}`)))}</b>
          </span>
        </Link>
      ))}
    </div>
  );
}
