import { useCatalogue } from '../api/catalogue';
import { Icon } from '../shell/icons';
import { Link } from '../shell/router';
import { hitAddress, type Hit } from './hits';
import { MarkedText } from './marked_text';
import { recordIcon } from './record_icon';

const middleButton = 1;

export function SearchHit({ hit, onOpen }: { hit: Hit; onOpen: () => void }) {
  const entity = useCatalogue().entity(hit.entity);
  return (
    <li>
      <Link to={hitAddress(hit)} onClick={onOpen} onAuxClick={({ button }) => { if (button === middleButton) onOpen(); }}>
        <Icon name={recordIcon(hit.entity, entity)} />
        <b>{hit.title}</b>
        <span className="search-kind">{hit.kind}</span>
        {hit.excerpt && <p><MarkedText text={hit.excerpt} /></p>}
      </Link>
    </li>
  );
}
