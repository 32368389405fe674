import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportAnswer, Value } from '../api/contract';
import { isRightAligned, valueText } from '../format/value_text';
import { shownReportColumns } from './report_columns';
import { fieldOf } from './report_field';
import { hasTotals } from './totals';

const rowsPrinted = 5000;

/** The whole report as a plain table, there only while the browser prints: the grid on screen holds the visible rows alone. */
export function PrintedReport({ answer, report }: { answer: ReportAnswer; report: Report }) {
  const { company } = useCatalogue();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  if (!isPrinting) return null;

  const columns = shownReportColumns(answer);
  const cells = (row: ReportAnswer['rows'][number]) =>
    columns.map((column) => (
      <td key={column.name} className={isRightAligned(column.type) ? 'number' : ''}>
        {valueText(row[column.name] as Value, fieldOf(column), company.decimals)}
      </td>
    ));
  const left = answer.rows.length - rowsPrinted;
  return (
    <>
      <p className="printed-parameters">{parametersText(answer, report)}</p>
      <table className="printed">
        <thead>
          <tr>{columns.map((column) => <th key={column.name} className={isRightAligned(column.type) ? 'number' : ''}>{column.label}</th>)}</tr>
        </thead>
        <tbody>{answer.rows.slice(0, rowsPrinted).map((row, index) => <tr key={index}>{cells(row)}</tr>)}</tbody>
        {hasTotals(answer) && <tfoot><tr>{cells(answer.totals)}</tr></tfoot>}
      </table>
      {left > 0 && <p>{left} further rows are not printed; the exports hold them all.</p>}
    </>
  );
}

function parametersText(answer: ReportAnswer, report: Report): string {
  return report.parameters
    .map((parameter) => `${parameter.label}: ${valueText(answer.parameters[parameter.name] as Value, parameter)}`)
    .filter((text) => !text.endsWith(': '))
    .join(' · ');
}
