import { useCatalogue } from '../api/catalogue';
import { Icon } from '../shell/icons';
import { Link } from '../shell/router';
import { hitAddress, type Hit } from './hits';
import { MarkedText } from './marked_text';
import { recordIcon } from './record_icon';

export function SearchHit({ hit }: { hit: Hit }) {
  const entity = useCatalogue().entity(hit.entity);
  return (
    <li>
      <Link to={hitAddress(hit)}>
        <Icon name={recordIcon(hit.entity, entity)} />
        <b>{hit.title}</b>
        <span className="search-kind">{hit.kind}</span>
        {hit.excerpt && <p><MarkedText text={hit.excerpt} /></p>}
      </Link>
    </li>
  );
}
