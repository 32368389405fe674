import type { ChartFigures } from './figures';

/** The figures of a chart as a table, for who reads rather than looks. */
export function FiguresTable({ title, figures: { categories, series } }: { title: string; figures: ChartFigures }) {
  return (
    <details className="large-chart-figures">
      <summary className="soft">Figures as a table</summary>
      <div className="table-scroll">
        <table className="plain-table">
          <caption className="hidden-text">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{categories.title}</th>
              {series.map(({ name }) => <th key={name} scope="col" data-end="">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {categories.names.map((name, at) => (
              <tr key={at}>
                <th scope="row">{name || 'Nothing named'}</th>
                {series.map(({ name: of, texts }) => <td key={of} data-end="">{texts[at]}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
