import { useQuery } from '@tanstack/react-query';
import { useCatalogue, labelOf } from '../api/catalogue';
import type { RecordRow } from '../api/contract';
import { listQuery, reportQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { humanised } from '../format/value_text';
import { recordAddress, reportPageAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { creditLeft, onOrder, owedBy } from './customer_figures';
import { Fact } from './fact';
import './customer.css';

const ordersAtWork = 'confirmed,part_shipped,shipped';

/** How it stands with a customer, in one row: what they owe, what they may owe, what they are worth and where they are. */
export default function CustomerFacts({ id, record }: { id: number; record: RecordRow }) {
  const catalogue = useCatalogue();
  const { company } = catalogue;
  const party = String(id);
  const items = catalogue.report('financials.receivable_items');
  const orders = catalogue.entity('sales.order');
  const values = catalogue.entity('crm.customer_value');
  const isCustomer = record['customer'] === true;

  const owed = useQuery({ ...reportQuery('financials.receivable_items', new URLSearchParams({ customer: party })), enabled: isCustomer && items !== undefined });
  const ordered = useQuery({
    ...listQuery(orders ?? catalogue.document.entities[0]!, new URLSearchParams({ customer: party, 'state.in': ordersAtWork, fields: 'unbilled,currency', limit: '500', count: 'false' })),
    enabled: isCustomer && orders !== undefined,
  });
  const valued = useQuery({
    ...listQuery(values ?? catalogue.document.entities[0]!, new URLSearchParams({ party, limit: '1', count: 'false', fields: 'tier,stage,segment,explanation,expected_value' })),
    enabled: values !== undefined,
  });
  const value = valued.data?.rows[0];
  if (!(isCustomer && items) && !value) return null;

  const money = (amount: string) => formatDecimal(amount, company.decimals);
  const figures = owed.data && owedBy(owed.data);
  const open = ordered.data ? onOrder(ordered.data.rows, company.currency) : null;
  const limit = labelOf(record['sales_credit_limit']);
  const toItems = items && reportPageAddress(catalogue, items.name, { customer: party });
  return (
    <section className="panel customer-facts" aria-label="How it stands with this customer">
      <ProblemAlert error={owed.error ?? ordered.error ?? valued.error} />
      <dl>
        {isCustomer && items && <Fact label="Open items" value={figures ? money(figures.open) : '…'} unit={company.currency} to={toItems} />}
        {isCustomer && items && (
          <Fact label="Of it overdue" value={figures ? money(figures.overdue) : '…'} unit={company.currency} to={toItems} tone={figures && Number(figures.overdue) > 0 ? 'bad' : undefined} />
        )}
        {isCustomer && orders && items && (
          <Credit limit={limit} owed={figures?.open} ordered={open?.amount} others={open?.others ?? 0} text={money} currency={company.currency} />
        )}
        {value && values && (
          <>
            <Fact label="Tier" value={labelOf(value['tier']) || 'None'} to={recordAddress(values, value.id ?? 0)} why={labelOf(value['explanation'])} />
            <Fact label="Stage" value={humanised(labelOf(value['stage'])) || 'None'} note={labelOf(value['segment'])} to={recordAddress(values, value.id ?? 0)} />
          </>
        )}
      </dl>
    </section>
  );
}

interface CreditProps {
  limit: string;
  owed: string | undefined;
  ordered: string | undefined;
  others: number;
  text: (amount: string) => string;
  currency: string;
}

function Credit({ limit, owed, ordered, others, text, currency }: CreditProps) {
  const isKnown = owed !== undefined && ordered !== undefined;
  const note = isKnown ? `${text(owed)} owed and ${text(ordered)} on order${others > 0 ? `, and ${others} in other currencies` : ''}` : undefined;
  if (limit === '') return <Fact label="Credit" value="No limit" note={note} />;
  const left = isKnown ? creditLeft(limit, owed, ordered) : null;
  const isExceeded = left?.startsWith('-') === true;
  return (
    <Fact
      label="Credit left" value={left === null ? '…' : text(left)} unit={currency} tone={isExceeded ? 'bad' : undefined}
      note={`of ${text(limit)}${note ? `; ${note}` : ''}`}
    />
  );
}
