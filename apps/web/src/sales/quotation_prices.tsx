import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import { recordQuery } from '../api/queries';
import { ProblemAlert } from '../shell/page';
import { PriceButton } from './price_button';
import { priceTraceFrom } from './price_trace';
import './sales.css';

/** Of each line of a quotation: how its price was found. */
export default function QuotationPrices({ id }: { id: number }) {
  const quotations = useCatalogue().entity('sales.quotation')!;
  const { data, error } = useQuery(recordQuery(quotations, id));
  if (error) return <ProblemAlert error={error} />;
  const lines = (Array.isArray(data?.['lines']) ? data['lines'] : []).filter((line) => priceTraceFrom(line['price_trace']));
  if (lines.length === 0) return <span className="soft">No price was looked up.</span>;
  return (
    <ul className="price-lines">
      {lines.map((line) => <li key={line.id}><span>{labelOf(line['description'])}</span><PriceButton what={labelOf(line['description'])} trace={line['price_trace']} /></li>)}
    </ul>
  );
}
