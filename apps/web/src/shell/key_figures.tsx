import { useQuery } from '@tanstack/react-query';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import type { Report, ReportAnswer } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { figureCards } from '../slots/cards';
import { figureOf, type FigureText } from '../slots/figure';
import { reportPageAddress } from './addresses';
import { Link } from './router';
import { keyFigures } from './special_pages';

interface ShownFigure {
  name: string;
  label: string;
  report: Report;
  parameters: URLSearchParams;
  address: string;
  figureIn: (answer: ReportAnswer) => FigureText | null;
}

/** How the company stands today, in one row; each figure leads to the report it comes from. */
export function KeyFigures() {
  const catalogue = useCatalogue();
  const shown = [...usualFigures(catalogue), ...figuresOfModules(catalogue)];
  if (shown.length === 0) return null;
  return (
    <ul className="key-figures" aria-label="Today">
      {shown.map((figure) => <Figure key={figure.name} figure={figure} />)}
    </ul>
  );
}

function usualFigures(catalogue: Catalogue): ShownFigure[] {
  return keyFigures.flatMap(({ label, report: name, valueOf }) => {
    const report = catalogue.report(name);
    if (!report) return [];
    const figureIn = (answer: ReportAnswer) => ({ text: formatDecimal(valueOf(answer), catalogue.company.decimals), unit: '' });
    return [{ name: label, label, report, parameters: new URLSearchParams(), address: reportPageAddress(catalogue, name), figureIn }];
  });
}

function figuresOfModules(catalogue: Catalogue): ShownFigure[] {
  return figureCards(catalogue).map(({ name, title, source: { view, ...source } }) =>
    ({ ...source, name, label: title, figureIn: (answer) => figureOf(answer, view.column ?? '', catalogue.company) }));
}

function Figure({ figure: { label, report, parameters, address, figureIn } }: { figure: ShownFigure }) {
  const { data, error } = useQuery(reportQuery(report.name, parameters));
  const figure = data && figureIn(data);
  return (
    <li className="panel">
      <Link to={address}>
        <span className="soft">{label}</span>
        <b>{error || figure === null ? 'not available' : figure ? figure.text : '…'} {figure?.unit && <span className="soft">{figure.unit}</span>}</b>
        <span className="soft">{report.title}</span>
      </Link>
    </li>
  );
}
