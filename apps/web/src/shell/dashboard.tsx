import { useQueries } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { countsQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { KeyFigures } from './key_figures';
import { listAddress, newRecordAddress, reportPageAddress } from './addresses';
import { openCounts, type OpenCount } from './open_counts';
import { Page, Panel, ProblemAlert } from './page';
import { CardPanels } from './pages';
import { Link } from './router';
import { specialReports } from './special_pages';
import { toneOf } from './state_badge';

export default function Dashboard() {
  const catalogue = useCatalogue();
  const { modules, entities, reports, company, today } = catalogue.document;
  const documents = entities.filter((entity) => entity.menu === 'documents' && entity.workflow).reverse();
  const tiles = reports.filter((report) => specialReports[report.name]?.tile);
  // What is built on the other modules comes first, as in the navigation.
  const groupsOf = (links: (module: string) => PlainLink[]) =>
    [...modules].reverse().map(({ name, title }) => ({ title, links: links(name) })).filter((group) => group.links.length > 0);
  return (
    <Page title={company.name} badge={<span className="soft">{today} · amounts in {company.currency}</span>}>
      <KeyFigures />
      <div className="dashboard">
        <OpenDocuments documents={documents} />
        {tiles.map((report) => {
          const Tile = specialReports[report.name]!.tile!;
          return <Suspense key={report.name} fallback={<Panel title={report.title}>…</Panel>}><Tile report={report} /></Suspense>;
        })}
        {catalogue.cards.length > 0 && <Suspense fallback={null}><CardPanels /></Suspense>}
        <Panel title="Start something new">
          <LinkGroups groups={groupsOf((module) => entities.filter((entity) => entity.module === module && entity.creatable && ['documents', 'master_data'].includes(entity.menu))
            .map((entity) => ({ label: entity.title, to: newRecordAddress(entity) })))} />
        </Panel>
        <Panel title="Reports" actions={<Link className="plain-link" to="/reports">What they show</Link>}>
          <LinkGroups groups={groupsOf((module) => catalogue.reportsInMenu.filter((report) => report.module === module)
            .map((report) => ({ label: report.title, to: reportPageAddress(catalogue, report.name) })))} />
        </Panel>
      </div>
    </Page>
  );
}

function OpenDocuments({ documents }: { documents: Entity[] }) {
  const answers = useQueries({ queries: documents.map((entity) => countsQuery(entity, entity.workflow!.field)) });
  const countsOf = (entity: Entity) => openCounts(entity, answers[documents.indexOf(entity)]?.data);
  const error = answers.find((answer) => answer.error)?.error;
  const isSettled = (entity: Entity) => countsOf(entity)?.length === 0;
  const settled = documents.filter(isSettled);
  return (
    <Panel title="Open documents">
      <ProblemAlert error={error} />
      <table className="work-table">
        <tbody>
          {documents.filter((entity) => !isSettled(entity)).map((entity) => (
            <tr key={entity.name}>
              <th scope="row"><Link className="plain-link" to={listAddress(entity)}>{entity.plural}</Link></th>
              <td><StateCounts entity={entity} counts={countsOf(entity)} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {settled.length > 0 && (
        <p className="work-settled soft">
          Nothing is open among{' '}
          {settled.map((entity, index) => (
            <span key={entity.name}>{index > 0 && ', '}<Link className="plain-link" to={listAddress(entity)}>{entity.plural.toLowerCase()}</Link></span>
          ))}
          .
        </p>
      )}
    </Panel>
  );
}

interface PlainLink {
  label: string;
  to: string;
}

function LinkGroups({ groups }: { groups: { title: string; links: PlainLink[] }[] }) {
  return (
    <div className="link-columns">
      {groups.map((group) => (
        <section key={group.title}>
          <h3>{group.title}</h3>
          <ul>
            {group.links.map((link) => <li key={link.to}><Link className="plain-link" to={link.to}>{link.label}</Link></li>)}
          </ul>
        </section>
      ))}
    </div>
  );
}

function StateCounts({ entity, counts }: { entity: Entity; counts: OpenCount[] | undefined }) {
  if (!counts) return <span className="soft">…</span>;
  return (
    <div className="work-states">
      {counts.map(({ state, count }) => (
        <Link key={state.name} to={listAddress(entity, { [entity.workflow!.field]: state.name })}>
          <span className="state" data-tone={toneOf(entity, state.name)}>
            {state.label} <b>{formatDecimal(String(count))}</b>
          </span>
        </Link>
      ))}
    </div>
  );
}
