import { useQuery } from '@tanstack/react-query';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import type { RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { formatDecimal, isZero } from '../format/decimal';
import { humanised } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { PriceButton } from './price_button';
import { lateText, type Cover, type TrackedLine, type Tracking } from './tracking';
import { TrackingStages } from './tracking_stages';
import './sales.css';

/** Where an order stands: its stages, and of each line what is outstanding, what covers it, what blocks it and who acts next. */
export default function OrderTracking({ record }: { record: RecordRow }) {
  return <Panel title="Where it stands" className="tracking-panel"><TrackedOrder id={record.id ?? 0} /></Panel>;
}

function TrackedOrder({ id }: { id: number }) {
  const catalogue = useCatalogue();
  const orders = catalogue.entity('sales.order')!;
  const { data, error } = useQuery({ queryKey: ['record_view', orders.name, id, 'tracking'], queryFn: ({ signal }) => read<Tracking>(apiPath(orders.path, id, 'tracking'), signal) });
  const { data: record } = useQuery(recordQuery(orders, id));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <span className="soft">…</span>;
  const lines = Array.isArray(record?.['lines']) ? record['lines'] : [];
  return (
    <div className="tracking">
      <Standing blocked={data.blocked_by} acts={data.acts_next?.title ?? null} promised={data.promised} late={data.days_late} />
      <TrackingStages stages={data.stages} currency={data.currency} reached={data.stage} />
      <div className="table-scroll">
        <table className="plain-table tracking-lines">
          <thead>
            <tr><th scope="col">Line</th><th scope="col">Product</th><th scope="col" data-end="">Outstanding</th><th scope="col">Promised</th><th scope="col">Covered by</th><th scope="col">Blocked by</th><th scope="col">Acts next</th><th scope="col"><span className="hidden-text">Price</span></th></tr>
          </thead>
          <tbody>
            {data.lines.map((line) => <LineRow key={line.order_line} line={line} record={lines.find((own) => own.id === line.order_line)} catalogue={catalogue} />)}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Standing({ blocked, acts, promised, late }: { blocked: string | null; acts: string | null; promised: string | null; late: number }) {
  return (
    <p className="tracking-standing">
      {blocked ? <b data-tone="warn">{blocked}</b> : <b>Nothing stands in its way</b>}
      {acts && <span> · next: {acts}</span>}
      {promised && <span className="soft"> · promised for {promised}</span>}
      {late > 0 && <span className="state" data-tone="bad">{lateText(late)}</span>}
    </p>
  );
}

function LineRow({ line, record, catalogue }: { line: TrackedLine; record: RecordRow | undefined; catalogue: Catalogue }) {
  const products = catalogue.entity('catalog.product');
  return (
    <tr>
      <td>{line.line_number}</td>
      <td>{products ? <Link className="plain-link" to={recordAddress(products, line.product.id)}>{line.description || line.product.label}</Link> : line.description}</td>
      <td data-end="">{isZero(line.outstanding) ? <span className="soft">done</span> : `${formatDecimal(line.outstanding)} of ${formatDecimal(line.ordered)}`}</td>
      <td>{line.promised}</td>
      <td>
        {line.covered_by.map((cover, index) => <CoverText key={index} cover={cover} catalogue={catalogue} />)}
        {!isZero(line.missing) && <span className="state" data-tone="bad">{formatDecimal(line.missing)} missing</span>}
      </td>
      <td>{line.blocked_by ?? <span className="soft">nothing</span>}</td>
      <td>{line.acts_next?.title}</td>
      <td><PriceButton what={line.description || line.product.label} trace={record?.['price_trace']} /></td>
    </tr>
  );
}

function CoverText({ cover, catalogue }: { cover: Cover; catalogue: Catalogue }) {
  const entity = catalogue.entity(cover.entity);
  const document = cover.document ?? (cover.source === 'on_hand' ? 'on hand' : humanised(cover.source).toLowerCase());
  return (
    <div>
      {formatDecimal(cover.quantity)}{' '}
      {entity && cover.id ? <Link className="plain-link" to={recordAddress(entity, cover.id)}>{document}</Link> : document}
      {cover.on && <span className="soft"> on {cover.on}</span>}
    </div>
  );
}
