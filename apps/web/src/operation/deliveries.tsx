import { useQuery } from '@tanstack/react-query';
import { transitionsFrom } from '../api/catalogue';
import { apiPath, readList } from '../api/client';
import type { Entity } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { agoText } from '../format/span';
import { TransitionButtons } from '../form/transition_buttons';
import { listAddress, recordAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { deliveryFields, nextTry, type Delivery } from './jobs';
import { Moment } from './moment';

const shownMax = 30;
const undelivered = { 'state.in': 'waiting,given_up' };

/** Events that have not reached their handlers: those that were given up first, then those that wait. */
export function Deliveries({ entity, now, refreshMs }: { entity: Entity; now: number; refreshMs: number }) {
  const query = new URLSearchParams({ ...undelivered, sort: 'state,due_at', limit: String(shownMax), fields: deliveryFields.join(',') });
  const { data, error } = useQuery({
    queryKey: ['deliveries'],
    queryFn: ({ signal }) => readList(`${apiPath(entity.path)}?${query}`, signal),
    refetchInterval: refreshMs,
  });
  const deliveries = (data?.rows ?? []) as unknown as Delivery[];
  const others = (data?.total ?? 0) - deliveries.length;
  return (
    <Panel title="Undelivered events" actions={<Link className="plain-link" to={listAddress(entity)}>All deliveries</Link>}>
      <ProblemAlert error={error} />
      {data && deliveries.length === 0 && <p className="soft work-none">Every event has reached its handlers.</p>}
      {deliveries.length > 0 && (
        <ul className="work-items">
          {deliveries.map((delivery) => <DeliveryItem key={delivery.id} entity={entity} delivery={delivery} now={now} />)}
        </ul>
      )}
      {others > 0 && <p className="work-none"><Link className="plain-link" to={listAddress(entity, undelivered)}>{formatDecimal(String(others))} more</Link></p>}
    </Panel>
  );
}

function DeliveryItem({ entity, delivery, now }: { entity: Entity; delivery: Delivery; now: number }) {
  const { id, event, handler, state, attempts, created_at, last_error } = delivery;
  return (
    <li className="work-item" data-tone={state === 'given_up' ? 'bad' : undefined}>
      <div>
        <div className="work-head">
          <h3><Link className="plain-link" to={recordAddress(entity, id)}>{event}</Link></h3>
          <StateBadge entity={entity} state={state} />
        </div>
        <div className="soft">told {agoText(created_at, now)}, for {handler}</div>
      </div>
      <dl className="work-facts">
        <div><dt>Next</dt><dd><Moment told={nextTry(delivery, now)} /></dd></div>
        <div><dt>Last</dt><dd>{last_error ? <span className="work-trouble">{last_error}</span> : 'Not tried yet'}{attempts > 0 && <div className="soft">{attempts === 1 ? '1 try' : `${attempts} tries`}</div>}</dd></div>
      </dl>
      <TransitionButtons entity={entity} id={id} transitions={transitionsFrom(entity, state)} what={event} done={(transition) => (transition.name === 'retry' ? 'It is tried again' : 'Given up')} />
    </li>
  );
}
