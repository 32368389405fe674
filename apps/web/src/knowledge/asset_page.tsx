import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { AttachmentsPanel } from '../attachments/attachments_panel';
import { useFollowing } from '../live/following';
import { listAddress } from '../shell/addresses';
import { later } from '../shell/later';
import { Page, ProblemAlert } from '../shell/page';
import { RecordPanels } from '../shell/pages';
import { usePlace } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { Article } from './article';
import { headingsOf, markdownQuery, standingSentence } from './asset';
import { AssetActions } from './asset_actions';
import { AssetFacts } from './asset_facts';
import { AssetLinks } from './asset_links';
import { AssetReply } from './asset_reply';
import { Contents } from './contents';
import './knowledge.css';
import { Revisions } from './revisions';

const drawnHere = ['knowledge.asset_revisions', 'knowledge.asset_quiz'];
const AssetEditor = later(() => import('./asset_editor'));

/** One piece of knowledge as it is read: its text, how far it can be relied on, and what it is connected with. */
export default function AssetPage({ entity, id }: { entity: Entity; id: number | null }) {
  const { search } = usePlace();
  const isWriting = id === null || new URLSearchParams(search).get('view') === 'edit';
  return isWriting ? <AssetEditor entity={entity} id={id} /> : <LoadedAsset entity={entity} id={id} />;
}

function LoadedAsset({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordQuery(entity, id));
  useFollowing(`record=${entity.name}/${id}`);
  if (data) return <ReadAsset entity={entity} id={id} record={data} />;
  return <Page title={entity.title} crumb={{ label: entity.plural, to: listAddress(entity) }}><ProblemAlert error={error} /></Page>;
}

function ReadAsset({ entity, id, record }: { entity: Entity; id: number; record: RecordRow }) {
  const catalogue = useCatalogue();
  const body = labelOf(record['body']);
  const { data: text, error } = useQuery(markdownQuery(body));
  const headings = useMemo(() => headingsOf(text?.html ?? ''), [text]);
  const title = labelOf(record[entity.display]) || `${entity.title} ${id}`;
  const summary = labelOf(record['summary']);
  return (
    <Page
      title={title} crumb={{ label: entity.plural, to: listAddress(entity) }} badge={<StateBadge entity={entity} state={String(record['state'])} />}
      actions={<AssetActions entity={entity} id={id} record={record} />}
    >
      <div className="asset">
        <div className="asset-main">
          <section className="panel asset-text" aria-label="Text">
            <p className="asset-standing" data-state={String(record['state'])}>{standingSentence(record)}</p>
            {summary && <p className="asset-summary">{summary}</p>}
            <ProblemAlert error={error} />
            {text && body.trim() !== '' && <Article html={text.html} label={title} />}
            {body.trim() === '' && !record['address'] && <p className="soft">Nothing is written here yet.</p>}
            <Elsewhere address={labelOf(record['address'])} />
          </section>
          <AssetReply entity={entity} id={id} record={record} />
          <AssetLinks entity={entity} id={id} />
          <Revisions asset={entity} id={id} record={record} />
          {catalogue.panelsOf(entity).length > 0 && <Suspense fallback={null}><RecordPanels entity={entity} record={record} without={drawnHere} /></Suspense>}
          {catalogue.keepsFilesOf(entity) && <AttachmentsPanel entity={entity} id={id} isEditable={entity.editable} />}
        </div>
        <aside className="asset-side" aria-label="About this asset">
          <Contents headings={headings} />
          <AssetFacts entity={entity} record={record} />
        </aside>
      </div>
    </Page>
  );
}

/** A document that is kept elsewhere; only addresses of the web become links. */
function Elsewhere({ address }: { address: string }) {
  if (!address) return null;
  const isWeb = /^https?:\/\//i.test(address);
  return <p className="asset-elsewhere"><span className="soft">Kept at </span>{isWeb ? <a className="plain-link" href={address} rel="noopener nofollow" target="_blank">{address}</a> : address}</p>;
}
