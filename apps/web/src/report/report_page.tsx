import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportAnswer } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatInstant } from '../format/day';
import { formatDecimal } from '../format/decimal';
import { DataGrid } from '../grid/data_grid';
import { Page, ProblemAlert } from '../shell/page';
import { navigate, usePlace } from '../shell/router';
import { asOfText } from './as_of';
import { ParameterForm } from './parameter_form';
import { PrintedReport } from './printed_report';
import { reportColumns } from './report_columns';
import { ReportExports } from './report_exports';
import { missingParameters, parametersFrom } from './report_parameters';
import { hasTotals } from './totals';
import './report.css';

interface ReportPageProps {
  report: Report;
  /** Kept in the address where the report has other views than this. */
  view?: string;
  /** What leads to those. */
  ways?: ReactNode;
}

export default function ReportPage({ report, view, ways }: ReportPageProps) {
  const catalogue = useCatalogue();
  const place = usePlace();
  const parameters = useMemo(() => parametersFrom(place.search, report), [place.search, report]);
  const missing = missingParameters(parameters, report);
  const { data, error, isFetching } = useQuery({
    ...reportQuery(report.name, parameters),
    enabled: missing.length === 0,
    placeholderData: (previous) => previous,
  });
  const answer = missing.length === 0 && !error ? data : undefined;
  const columns = useMemo(() => (answer ? reportColumns(answer, catalogue) : []), [answer, catalogue]);
  const rows = answer?.rows ?? [];

  const run = (next: URLSearchParams) => {
    if (view) next.set('view', view);
    const text = next.toString();
    void navigate(place.path + (text ? `?${text}` : ''));
  };

  return (
    <Page
      title={report.title}
      crumb={{ label: catalogue.module(report.module).title, to: '/reports' }}
      help={report.help}
      fills
      actions={<>{ways}<ReportExports report={report} parameters={parameters} isReady={answer !== undefined} /></>}
    >
      {report.parameters.length > 0 && (
        <ParameterForm key={place.search} report={report} parameters={parameters} isBusy={isFetching} onRun={run} />
      )}
      <ProblemAlert error={error} />
      {missing.length > 0 && <p className="soft">Enter {missing.map((field) => field.label.toLowerCase()).join(' and ')} to see the report.</p>}
      {answer && <RunLine answer={answer} />}
      {answer && (
        <DataGrid
          label={report.title}
          columns={columns}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          rowTone={(row) => (typeof row['emphasis'] === 'string' ? row['emphasis'] : undefined)}
          placeKey={place.key + place.search}
          resetKey={parameters.toString()}
          isBusy={isFetching}
          empty="Nothing to report for these parameters."
          isCompact
          totals={hasTotals(answer) && rows.length > 0}
        />
      )}
      {answer && <PrintedReport answer={answer} report={report} />}
    </Page>
  );
}

/** Which books, as known when: what makes two printed copies comparable. */
function RunLine({ answer }: { answer: ReportAnswer }) {
  return (
    <p className="run-line soft">
      {answer.company && <span>{answer.company}</span>}
      <span>{formatDecimal(String(answer.rows.length))} {answer.rows.length === 1 ? 'row' : 'rows'}</span>
      {answer.as_of && <span data-testid="as-of">{asOfText(answer)}</span>}
      {answer.made_at && <span>Made {formatInstant(answer.made_at)}</span>}
    </p>
  );
}
