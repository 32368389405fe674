import { useCatalogue } from '../api/catalogue';
import type { ReportAnswer, ReportRow } from '../api/contract';
import { formatDecimal, isZero, sumDecimals } from '../format/decimal';
import { drillAddress } from '../report/drill_down';
import { Link } from '../shell/router';
import { seriesColour } from '../slots/chart_marks';
import { scaleOf, type Scale } from '../slots/chart_scale';
import type { MarginBar } from './margin';

interface MarginTableProps {
  bars: MarginBar[];
  answer: ReportAnswer;
  /** As it was known then, where that was asked for. */
  earlier: ReportAnswer | null;
  named: string;
}

/** A line for each bar, with its figures beside it for who reads rather than looks. */
export function MarginTable({ bars, answer, earlier, named }: MarginTableProps) {
  const { company } = useCatalogue();
  const money = (amount: string) => formatDecimal(amount, company.decimals);
  const scale = scaleOf(bars.flatMap(({ profit, then }) => [Number(profit), ...(then ? [Number(then.profit)] : [])]), { fromZero: true, wholeNumbers: false });
  const isCompared = bars.some(({ then }) => then !== null);
  return (
    <div className="table-scroll">
      <table className="plain-table margin-table">
        <thead>
          <tr>
            <th scope="col">{named}</th>
            <th scope="col" className="margin-drawn"><Legend isCompared={isCompared} /></th>
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
              <td className="margin-drawn">
                <Way column="profit" row={bar.row} answer={answer} label={`What ${bar.name} is made of`}><Drawn bar={bar} scale={scale} /></Way>
              </td>
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
            <td />
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

function Legend({ isCompared }: { isCompared: boolean }) {
  if (!isCompared) return <span className="hidden-text">Drawn</span>;
  return <>{['Now', 'As known then'].map((name, at) => <span key={name} className="margin-legend"><i style={{ background: seriesColour(at) }} />{name}</span>)}</>;
}

interface WayProps {
  column: string;
  row: ReportRow;
  answer: ReportAnswer;
  label?: string;
  children: React.ReactNode;
}

function Way({ column: name, row, answer, label, children }: WayProps) {
  const catalogue = useCatalogue();
  const column = answer.columns.find((one) => one.name === name);
  const address = column && drillAddress(catalogue, column, row, answer.parameters);
  return address ? <Link className="plain-link" to={address} {...(label ? { 'aria-label': label } : {})}>{children}</Link> : children;
}

const barHeight = 9;

function Drawn({ bar: { profit, then }, scale }: { bar: MarginBar; scale: Scale }) {
  const values = [profit, ...(then ? [then.profit] : [])];
  return (
    <svg width="100%" height={values.length * barHeight + 4} aria-hidden focusable="false">
      <line x1={`${scale.origin * 100}%`} x2={`${scale.origin * 100}%`} y1={0} y2="100%" className="margin-zero" />
      {values.map((value, at) => {
        const [low, high] = [scale.origin, scale.at(Number(value))].sort((left, right) => left - right) as [number, number];
        return <rect key={at} x={`${low * 100}%`} width={`${(high - low) * 100}%`} y={2 + at * barHeight} height={barHeight - 1} rx={1.5} fill={seriesColour(at)} />;
      })}
    </svg>
  );
}
