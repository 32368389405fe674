import { fieldNamed, labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { valueText } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import './asset_list.css';

/** Assets by their titles, each with its kind, and with its state where it is not verified. */
export function AssetList({ assets, rows, label }: { assets: Entity; rows: RecordRow[]; label: string }) {
  const { company } = useCatalogue();
  const kind = fieldNamed(assets, 'kind');
  return (
    <ul className="asset-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link className="plain-link" to={recordAddress(assets, row.id ?? 0)}>{labelOf(row[assets.display]) || `${assets.title} ${row.id}`}</Link>
          {row['state'] !== 'verified' && <StateBadge entity={assets} state={String(row['state'])} />}
          {kind && <span className="soft">{[valueText(row['kind'], kind, company.decimals).toLowerCase(), labelOf(row['owner'])].filter(Boolean).join(', ')}</span>}
        </li>
      ))}
    </ul>
  );
}
