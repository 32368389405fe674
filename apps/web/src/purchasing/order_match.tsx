import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import { compareDecimals, formatDecimal, isZero, sumDecimals } from '../format/decimal';
import { humanised } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import type { Match, MatchHold, MatchLine } from './match';
import './purchasing.css';
import { ReleaseButton } from './release_button';

const tones = { ok: 'good', warn: 'warn', held: 'bad', open: 'quiet' } as const;
const statusLabels = { ok: 'Matched', warn: 'Differs', held: 'Held', open: 'Open' } as const;

/** Ordered, received and invoiced side by side for each line of a purchase order, and what stops the payment. */
export default function OrderMatch({ id }: { id: number }) {
  const catalogue = useCatalogue();
  const order = catalogue.entity('purchasing.order');
  const address = apiPath(order?.path ?? 'purchasing/orders', id, 'match');
  const { data, error } = useQuery({ queryKey: ['match', id], queryFn: ({ signal }) => read<Match>(address, signal) });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <span className="soft">…</span>;
  if (data.lines.length === 0) return <p className="soft">Nothing to match yet.</p>;
  const hasReturns = data.lines.some((line) => !isZero(line.returned));
  return (
    <>
      <div className="match-scroll" tabIndex={0} role="region" aria-label="Match of the lines">
        <table className="match">
          <thead>
            <tr>
              <td colSpan={2} />
              <th scope="colgroup" colSpan={hasReturns ? 4 : 3}>Quantity</th>
              <th scope="colgroup" colSpan={2}>Price</th>
              <th scope="colgroup" colSpan={3}>Value, {data.currency}</th>
              <td />
            </tr>
            <tr>
              <th scope="col" className="number">#</th>
              <th scope="col">Product</th>
              {headings(hasReturns).map(({ label, starts }, index) => (
                <th key={index} scope="col" className="number" data-starts={starts ? '' : undefined}>{label}</th>
              ))}
              <th scope="col">Status</th>
            </tr>
          </thead>
          {data.lines.map((line) => <MatchRows key={line.order_line} line={line} hasReturns={hasReturns} />)}
          <MatchTotals lines={data.lines} hasReturns={hasReturns} />
        </table>
      </div>
      {data.holds.length > 0 && <Holds holds={data.holds} currency={data.currency} />}
    </>
  );
}

function headings(hasReturns: boolean) {
  const group = (...labels: string[]) => labels.map((label, index) => ({ label, starts: index === 0 }));
  return [
    ...group('Ordered', 'Received', ...(hasReturns ? ['Returned'] : []), 'Invoiced'),
    ...group('Ordered', 'Invoiced'),
    ...group('Ordered', 'Received', 'Invoiced'),
  ];
}

function MatchRows({ line, hasReturns }: { line: MatchLine; hasReturns: boolean }) {
  const { company } = useCatalogue();
  const amount = (text: string | null) => (text === null ? '' : formatDecimal(text, company.decimals));
  const isPriceOff = line.invoice_price !== null && compareDecimals(line.invoice_price, line.price) !== 0;
  return (
    <tbody data-status={line.status}>
      <tr>
        <td className="number soft">{line.line_number}</td>
        <td>{line.product.label}</td>
        <Quantity value={line.ordered} of={line.ordered} starts />
        <Quantity value={line.received} of={line.ordered} />
        {hasReturns && <Quantity value={line.returned} of={line.ordered} isQuiet />}
        <Quantity value={line.invoiced} of={line.ordered} />
        <td className="number" data-starts="">{amount(line.price)}</td>
        <td className="number" data-differs={isPriceOff ? '' : undefined}>{amount(line.invoice_price)}</td>
        <td className="number" data-starts="">{amount(line.ordered_value)}</td>
        <td className="number">{amount(line.received_value)}</td>
        <td className="number">{amount(line.invoiced_value)}</td>
        <td><span className="state" data-tone={tones[line.status] ?? 'quiet'}>{statusLabels[line.status] ?? humanised(line.status)}</span></td>
      </tr>
      {line.explanation && line.status !== 'ok' && (
        <tr className="match-why">
          <td />
          <td colSpan={hasReturns ? 11 : 10}>{line.explanation}</td>
        </tr>
      )}
    </tbody>
  );
}

function Quantity({ value, of, starts, isQuiet }: { value: string; of: string; starts?: boolean; isQuiet?: boolean }) {
  const share = Number(of) > 0 ? Math.min(1.25, Number(value) / Number(of)) : 0;
  const isNone = isZero(value);
  return (
    <td className="number match-quantity" data-starts={starts ? '' : undefined} data-exceeds={share > 1 ? '' : undefined}>
      <span className={isNone ? 'grid-zero' : ''}>{isNone && isQuiet ? '' : formatDecimal(value)}</span>
      {!isQuiet && <i aria-hidden style={{ width: `${Math.min(1, share) * 100}%` }} />}
    </td>
  );
}

function MatchTotals({ lines, hasReturns }: { lines: MatchLine[]; hasReturns: boolean }) {
  const { company } = useCatalogue();
  const sum = (value: (line: MatchLine) => string | null) => formatDecimal(sumDecimals(lines.map((line) => value(line) ?? '0')), company.decimals);
  return (
    <tfoot>
      <tr>
        <td />
        <th scope="row" colSpan={hasReturns ? 7 : 6}>Total</th>
        <td className="number" data-starts="">{sum((line) => line.ordered_value)}</td>
        <td className="number">{sum((line) => line.received_value)}</td>
        <td className="number">{sum((line) => line.invoiced_value)}</td>
        <td />
      </tr>
    </tfoot>
  );
}

function Holds({ holds, currency }: { holds: MatchHold[]; currency: string }) {
  const catalogue = useCatalogue();
  const invoices = catalogue.entity('purchasing.vendor_invoice');
  return (
    <ul className="match-holds" aria-label="Holds">
      {holds.map((hold) => (
        <li key={hold.id}>
          <span className="state" data-tone="bad">{humanised(hold.reason)}</span>
          <span>
            {invoices ? <Link className="plain-link" to={recordAddress(invoices, hold.invoice.id)}>{hold.invoice.label}</Link> : hold.invoice.label}
            {', '}<b>{formatDecimal(hold.amount, catalogue.company.decimals)} {currency}</b> at stake since {hold.since.slice(0, 10)}. {hold.clears_when}
          </span>
          <ReleaseButton holdId={hold.id} what={`the hold on ${hold.invoice.label}`} />
        </li>
      ))}
    </ul>
  );
}
