import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report } from '../api/contract';
import { reportQuery } from '../api/queries';
import { daysBetween } from '../format/day';
import { formatDecimal } from '../format/decimal';
import { ParameterForm } from '../report/parameter_form';
import { ReportExports } from '../report/report_exports';
import { parametersFrom } from '../report/report_parameters';
import '../report/report.css';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import { amountsOf, amountsText, holdColumns, holdsFrom, type Hold, type HoldColumn } from './holds';
import './purchasing.css';
import { ReleaseButton } from './release_button';

/** What is not paid and why: a column for each reason, a card for each hold. */
export default function HoldsBoard({ report }: { report: Report }) {
  const catalogue = useCatalogue();
  const place = usePlace();
  const parameters = useMemo(() => parametersFrom(place.search, report), [place.search, report]);
  const { data, error, isFetching } = useQuery(reportQuery(report.name, parameters));
  const holds = useMemo(() => (data ? holdsFrom(data, catalogue) : []), [data, catalogue]);
  const columns = useMemo(() => holdColumns(holds), [holds]);
  const run = (next: URLSearchParams) => void navigate(`${place.path}${next.size > 0 ? `?${next}` : ''}`);

  return (
    <Page
      title={report.title}
      help={report.help}
      badge={holds.length > 0 && <span className="holds-sum">{amountsText(amountsOf(holds), catalogue.company.decimals, true)} at stake</span>}
      actions={<ReportExports report={report} parameters={parameters} isReady={data !== undefined} />}
    >
      {report.parameters.length > 0 && <ParameterForm key={place.search} report={report} parameters={parameters} isBusy={isFetching} onRun={run} />}
      <ProblemAlert error={error} />
      {data && holds.length === 0 && <p className="soft">Nothing is on hold. Every matched invoice can be paid.</p>}
      <div className="holds-board">
        {columns.map((column) => <ReasonColumn key={column.reason} column={column} />)}
      </div>
    </Page>
  );
}

function ReasonColumn({ column }: { column: HoldColumn }) {
  const { company } = useCatalogue();
  return (
    <section className="holds-column" aria-label={column.label}>
      <header>
        <h2>{column.label}</h2>
        <span className="soft">{column.holds.length}</span>
        <span className="number">{amountsText(column.amounts, company.decimals, false)}</span>
      </header>
      <ul>
        {column.holds.map((hold, index) => <HoldCard key={hold.id ?? index} hold={hold} />)}
      </ul>
    </section>
  );
}

function HoldCard({ hold }: { hold: Hold }) {
  const { company, today } = useCatalogue();
  const days = hold.since ? daysBetween(hold.since, today) : 0;
  const [first, ...others] = hold.facts;
  return (
    <li className="hold">
      <div className="hold-head">
        <b>{first?.address ? <Link className="plain-link" to={first.address}>{first.text}</Link> : first?.text}</b>
        <span className="number hold-amount">{formatDecimal(hold.amount, company.decimals)} <span className="soft">{hold.currency}</span></span>
      </div>
      {others.length > 0 && (
        <dl>
          {others.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.address ? <Link className="plain-link" to={fact.address}>{fact.text}</Link> : fact.text}</dd>
            </div>
          ))}
        </dl>
      )}
      {hold.clearsWhen && <p>{hold.clearsWhen}</p>}
      <footer>
        <span className="soft">
          Since <time dateTime={hold.since}>{hold.since}</time>{days > 0 && `, ${days} ${days === 1 ? 'day' : 'days'}`}
          {hold.owner && ` · ${hold.owner}`}
        </span>
        {hold.id !== null && <ReleaseButton holdId={hold.id} what={`the hold on ${first?.text ?? 'this invoice'}`} />}
      </footer>
    </li>
  );
}
