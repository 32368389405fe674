import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Report } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { reportPageAddress } from './addresses';
import { Link } from './router';
import { keyFigures, type KeyFigure } from './special_pages';

/** How the company stands today, in one row; each figure leads to the report it comes from. */
export function KeyFigures() {
  const catalogue = useCatalogue();
  const shown = keyFigures.flatMap((figure) => {
    const report = catalogue.report(figure.report);
    return report ? [{ figure, report }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <ul className="key-figures" aria-label="Today">
      {shown.map(({ figure, report }) => <Figure key={figure.label} figure={figure} report={report} />)}
    </ul>
  );
}

function Figure({ figure, report }: { figure: KeyFigure; report: Report }) {
  const catalogue = useCatalogue();
  const { data, error } = useQuery(reportQuery(report.name, new URLSearchParams()));
  const value = data ? figure.valueOf(data) : '';
  return (
    <li className="panel">
      <Link to={reportPageAddress(catalogue, report.name)}>
        <span className="soft">{figure.label}</span>
        <b>{error ? 'not available' : value ? formatDecimal(value, catalogue.company.decimals) : '…'}</b>
        <span className="soft">{report.title}</span>
      </Link>
    </li>
  );
}
