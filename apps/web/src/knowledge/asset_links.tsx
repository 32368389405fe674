import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { humanised } from '../format/value_text';
import { recordIcon } from '../search/record_icon';
import { recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { recordViewQuery, type AssetLinks as Links, type LinkedRecord } from './asset';

/** What the asset is about and rests on, and which others lead to it. */
export function AssetLinks({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordViewQuery<Links>(entity, id, 'links'));
  if (error) return <Panel title="Connected with"><ProblemAlert error={error} /></Panel>;
  if (!data || data.links.length + data.back_links.length === 0) return null;
  const back = data.back_links.map(({ asset, relation, note }) => ({ entity: entity.name, record: asset, relation, note }));
  return (
    <Panel title="Connected with" className="asset-links">
      {data.contradicted_by.length > 0 && <p className="asset-contradicted"><Icon name="warning" size={14} /> {data.contradicted_by.map(({ label }) => label).join(', ')} {data.contradicted_by.length === 1 ? 'says' : 'say'} otherwise.</p>}
      {data.links.length > 0 && <LinkList label="Linked records" links={data.links} />}
      {back.length > 0 && <><h3>Others that lead here</h3><LinkList label="Others that lead here" links={back} /></>}
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
          <li key={`${link.relation} ${link.entity} ${link.record.id}`}>
            <Icon name={recordIcon(link.entity, kind)} size={15} />
            <span>
              {kind ? <Link className="plain-link" to={recordAddress(kind, link.record.id)}>{link.record.label}</Link> : link.record.label}
              <span className="soft"> {humanised(link.relation)}{kind && `, ${kind.title.toLowerCase()}`}</span>
              {link.note && <span className="asset-link-note">{link.note}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
