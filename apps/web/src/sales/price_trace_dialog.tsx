import { useCatalogue } from '../api/catalogue';
import { formatDecimal } from '../format/decimal';
import { humanised } from '../format/value_text';
import { Dialog } from '../shell/dialog';
import { Icon } from '../shell/icons';
import type { PriceTrace } from './price_trace';

interface PriceTraceDialogProps {
  what: string;
  trace: PriceTrace;
  onClose: () => void;
}

/** Every price and every offer that was looked at for a line, which of them was taken, and why the others were not. */
export function PriceTraceDialog({ what, trace, onClose }: PriceTraceDialogProps) {
  const { company } = useCatalogue();
  return (
    <Dialog title={`How the price was found: ${what}`} size="lg" onClose={onClose}>
      <Steps
        title="Prices" columns={['Where', 'From quantity', 'Price']}
        rows={trace.prices.map((price) => ({ taken: price.taken, why: price.why, cells: [price.name || humanised(price.source), formatDecimal(price.minimum_quantity), formatDecimal(price.price, company.decimals)] }))}
      />
      {trace.offers.length > 0 && (
        <Steps
          title="Special offers" columns={['Offer', 'Discount']}
          rows={trace.offers.map((offer) => ({ taken: offer.taken, why: offer.why, cells: [offer.name, `${formatDecimal(offer.discount)} %`] }))}
        />
      )}
    </Dialog>
  );
}

interface StepsProps {
  title: string;
  columns: string[];
  rows: { taken: boolean; why: string; cells: string[] }[];
}

function Steps({ title, columns, rows }: StepsProps) {
  return (
    <table className="plain-table price-steps">
      <caption>{title}</caption>
      <thead><tr><th scope="col">Taken</th>{columns.map((column) => <th key={column} scope="col">{column}</th>)}<th scope="col">Why</th></tr></thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} data-taken={row.taken ? '' : undefined}>
            <td>{row.taken ? <><Icon name="check" size={14} /><span className="hidden-text">Taken</span></> : <span className="hidden-text">Not taken</span>}</td>
            {row.cells.map((cell, at) => <td key={at}>{cell}</td>)}
            <td>{row.why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
