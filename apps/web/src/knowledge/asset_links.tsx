import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { humanised } from '../format/value_text';
import { recordIcon } from '../search/record_icon';
import { Icon } from '../shell/icons';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { recordViewQuery, type AssetLinks as Links, type LinkedRecord } from './asset';

/** What the asset is about and rests on, and which others lead to it. */
export function AssetLinks({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordViewQuery<Links>(entity, id, 'links'));
  if (error) return <Panel title="Connected with"><ProblemAlert error={error} /></Panel>;
  if (!data || data.about.length + data.back.length === 0) return null;
  return (
    <Panel title="Connected with" className="asset-links">
      {data.about.length > 0 && <LinkList label="Linked records" links={data.about} />}
      {data.back.length > 0 && <><h3>Others that lead here</h3><LinkList label="Others that lead here" links={data.back} /></>}
    </Panel>
  );
}

function LinkList({ label, links }: { label: string; links: LinkedRecord[] }) {
  const catalogue = useCatalogue();
  return (
    <ul aria-label={label}>
      {links.map((link) => {
        const kind = catalogue.entity(link.entity);
        return (
          <li key={`${link.relation} ${link.entity} ${link.id}`}>
            <Icon name={recordIcon(link.entity, kind)} size={15} />
            <span>
              <Link className="plain-link" to={`/${link.path}/${link.id}`}>{link.title}</Link>
              <span className="soft"> {humanised(link.relation)}{kind && `, ${kind.title.toLowerCase()}`}</span>
              {link.note && <span className="asset-link-note">{link.note}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
