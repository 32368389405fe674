import { useCatalogue } from '../api/catalogue';
import type { ReportAnswer, ReportRow } from '../api/contract';
import { formatDecimal, isZero, sumDecimals } from '../format/decimal';
import { drillAddress } from '../report/drill_down';
import { Link } from '../shell/router';
import type { MarginBar } from './margin';

interface MarginTableProps {
  id: string;
  bars: MarginBar[];
  answer: ReportAnswer;
  /** As it was known then, where that was asked for. */
  earlier: ReportAnswer | null;
  named: string;
}

/** The figures that are drawn, for who reads rather than looks; each leads to what it is made of. */
export function MarginTable({ id, bars, answer, earlier, named }: MarginTableProps) {
  const { company } = useCatalogue();
  const money = (amount: string) => formatDecimal(amount, company.decimals);
  const isCompared = bars.some(({ then }) => then !== null);
  return (
    <div className="table-scroll" id={id}>
      <table className="plain-table margin-table">
        <thead>
          <tr>
            <th scope="col">{named}</th>
            <th scope="col" data-end="">Profit</th>
            {isCompared && <th scope="col" data-end="">As known then</th>}
            {isCompared && <th scope="col" data-end="">Restated by</th>}
            <th scope="col" data-end="">Margin</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={`${bar.name} ${String(bar.row['id'] ?? bar.row['from'] ?? '')}`}>
              <th scope="row"><Way column="name" row={bar.row} answer={answer}>{bar.name}</Way></th>
              <td data-end=""><Way column="profit" row={bar.row} answer={answer}>{money(bar.profit)}</Way></td>
              {isCompared && <td data-end="">{bar.then?.row && earlier ? <Way column="profit" row={bar.then.row} answer={earlier}>{money(bar.then.profit)}</Way> : <span className="soft">nothing</span>}</td>}
              {isCompared && <td data-end="" className={bar.restated?.startsWith('-') ? 'margin-less' : undefined}>{bar.restated && !isZero(bar.restated) && money(bar.restated)}</td>}
              <td data-end="">{bar.margin && `${formatDecimal(bar.margin)} %`}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td data-end="">{money(sumDecimals(bars.map(({ profit }) => profit)))}</td>
            {isCompared && <td data-end="">{money(sumDecimals(bars.map(({ then }) => then?.profit ?? '0')))}</td>}
            {isCompared && <td data-end="">{money(sumDecimals(bars.map(({ restated }) => restated ?? '0')))}</td>}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface WayProps {
  column: string;
  row: ReportRow;
  answer: ReportAnswer;
  children: React.ReactNode;
}

function Way({ column: name, row, answer, children }: WayProps) {
  const catalogue = useCatalogue();
  const column = answer.columns.find((one) => one.name === name);
  const address = column && drillAddress(catalogue, column, row, answer.parameters);
  return address ? <Link className="plain-link" to={address}>{children}</Link> : children;
}
