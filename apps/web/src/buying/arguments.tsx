import { useCatalogue } from '../api/catalogue';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import type { BuyingCentre } from './matrix';

/** What is to be said to whom, with what proves it; what has been said stands last. */
export function Arguments({ centre }: { centre: BuyingCentre }) {
  const entity = useCatalogue().entity('crm.argument');
  const nameOf = (member: number) => centre.members.find((one) => one.id === member)?.contact.label ?? '';
  const criterionOf = (criterion: number) => centre.criteria.find((one) => one.id === criterion)?.name ?? '';
  return (
    <ul className="arguments" aria-label="Arguments">
      {centre.arguments.map((one) => (
        <li key={one.id} data-done={one.done ? '' : undefined}>
          <span className="soft">{nameOf(one.member)}, {criterionOf(one.criterion)}:</span>{' '}
          {entity ? <Link className="plain-link" to={recordAddress(entity, one.id)}>{one.text}</Link> : one.text}
          {one.evidence && <span className="soft"> ({one.evidence})</span>}
          {one.done && <span className="state" data-tone="good">said</span>}
        </li>
      ))}
    </ul>
  );
}
