import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportAnswer } from '../api/contract';
import { DataGrid } from '../grid/data_grid';
import { PrintedReport } from '../report/printed_report';
import '../report/report.css';
import { reportColumns } from '../report/report_columns';
import { hasTotals } from '../report/totals';

/** The rows as on the report's own page: figures that lead on, totals below. */
export function ReportTable({ answer, report }: { answer: ReportAnswer; report: Report }) {
  const catalogue = useCatalogue();
  const columns = useMemo(() => reportColumns(answer, catalogue), [answer, catalogue]);
  const { rows } = answer;
  return (
    <>
      <DataGrid
        label={report.title} columns={columns} rowCount={rows.length} rowAt={(index) => rows[index]} empty="" isCompact
        rowTone={(row) => (typeof row['emphasis'] === 'string' ? row['emphasis'] : undefined)} totals={hasTotals(answer)}
      />
      <PrintedReport answer={answer} report={report} />
    </>
  );
}
