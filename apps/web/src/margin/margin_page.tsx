import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportAnswer } from '../api/contract';
import { reportQuery } from '../api/queries';
import { LargeChart } from '../charts/chart';
import { drawingQuery } from '../charts/drawing_query';
import { formatInstant } from '../format/day';
import { formatDecimal } from '../format/decimal';
import { drillAddress } from '../report/drill_down';
import { ParameterForm } from '../report/parameter_form';
import { parametersFrom } from '../report/report_parameters';
import ReportPage from '../report/report_page';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import { marginBars, shownMax, type MarginBar } from './margin';
import { marginFigures } from './margin_figures';
import { MarginTable } from './margin_table';
import './margin.css';

const asked = ['by', 'from', 'to', 'known_at', 'customer', 'product', 'category', 'territory', 'special_offer'];

/** What was earned as a line of months or as bars, each of which leads to what it is made of; the report itself is the other view of it. */
export default function MarginPage({ report }: { report: Report }) {
  const { search } = usePlace();
  return new URLSearchParams(search).get('view') === 'table'
    ? <ReportPage report={report} view="table" ways={<Views report={report} view="table" />} />
    : <MarginExplorer report={report} />;
}

function MarginExplorer({ report }: { report: Report }) {
  const catalogue = useCatalogue();
  const place = usePlace();
  const parameters = useMemo(() => parametersFrom(place.search, report), [place.search, report]);
  const knownAt = parameters.get('known_at');
  const current = useMemo(() => {
    const query = new URLSearchParams(parameters);
    query.delete('known_at');
    return query;
  }, [parameters]);
  useQuery(drawingQuery);
  const now = useQuery({ ...reportQuery(report.name, current), placeholderData: (previous) => previous });
  const then = useQuery({ ...reportQuery(report.name, parameters), enabled: knownAt !== null });
  const bars = useMemo(() => (now.data && (knownAt === null || then.data) ? marginBars(now.data, knownAt === null ? null : then.data ?? null) : null), [now.data, then.data, knownAt]);
  const explored = useMemo(() => ({ ...report, parameters: report.parameters.filter(({ name }) => asked.includes(name)) }), [report]);
  const by = report.parameters.find(({ name }) => name === 'by');
  const chosen = by?.choices?.find(({ value }) => value === (parameters.get('by') ?? by.default));
  const run = (next: URLSearchParams) => {
    const text = next.toString();
    void navigate(place.path + (text ? `?${text}` : ''));
  };
  return (
    <Page title={report.title} crumb={{ label: catalogue.module(report.module).title, to: '/reports' }} help={report.help} actions={<Views report={report} view="chart" />}>
      <ParameterForm key={place.search} report={explored} parameters={parameters} isBusy={now.isFetching || then.isFetching} onRun={run} />
      <ProblemAlert error={now.error ?? then.error} />
      {bars?.length === 0 && <p className="soft">Nothing was sold for these parameters.</p>}
      {bars && bars.length > 0 && now.data && (
        <Panel title={`Profit by ${(chosen?.label ?? 'line').toLowerCase()}`}>
          {knownAt !== null && <p className="soft margin-known">Beside what is known now: what was known at {formatInstant(knownAt)}, and what has changed it since.</p>}
          <Explored bars={bars} answer={now.data} earlier={then.data ?? null} named={chosen?.label ?? 'Name'} />
          {bars.length > shownMax && (
            <p className="soft margin-known">The first {shownMax} of {formatDecimal(String(bars.length))}; <Link className="plain-link" to={addressOf(place.path, parameters, 'table')}>the table</Link> has all.</p>
          )}
        </Panel>
      )}
    </Page>
  );
}

interface ExploredProps {
  bars: MarginBar[];
  answer: ReportAnswer;
  earlier: ReportAnswer | null;
  named: string;
}

function Explored({ bars, answer, earlier, named }: ExploredProps) {
  const catalogue = useCatalogue();
  const table = useId();
  const shown = useMemo(() => bars.slice(0, shownMax), [bars]);
  const figures = useMemo(() => marginFigures(shown, named, catalogue.company), [shown, named, catalogue]);
  const column = answer.columns.find(({ name }) => name === 'profit');
  const open = (at: number) => {
    const row = shown[at]?.row;
    const address = column && row && drillAddress(catalogue, column, row, answer.parameters);
    if (address) void navigate(address);
  };
  return (
    <div className="margin-explored" data-beside={figures.isSideways ? '' : undefined}>
      <LargeChart title={`Profit by ${named.toLowerCase()}`} figures={figures} onChoose={open} toldBy={table} />
      <MarginTable id={table} bars={shown} answer={answer} earlier={earlier} named={named} />
    </div>
  );
}

function Views({ report, view }: { report: Report; view: 'chart' | 'table' }) {
  const { path, search } = usePlace();
  const parameters = parametersFrom(search, report);
  return (
    <nav className="view-switch no-print" aria-label="View">
      {(['chart', 'table'] as const).map((one) => (
        <Link key={one} to={addressOf(path, parameters, one)} aria-current={one === view ? 'page' : undefined}>{one === 'chart' ? 'Chart' : 'Table'}</Link>
      ))}
    </nav>
  );
}

function addressOf(path: string, parameters: URLSearchParams, view: 'chart' | 'table'): string {
  const query = new URLSearchParams(parameters);
  if (view === 'table') query.set('view', view);
  const text = query.toString();
  return path + (text ? `?${text}` : '');
}
