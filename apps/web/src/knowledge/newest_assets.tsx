import { useCatalogue } from '../api/catalogue';
import type { Entity, Reference } from '../api/contract';
import { useFollowing } from '../live/following';
import { Panel, ProblemAlert } from '../shell/page';
import { AssetList } from './asset_list';
import { useAssetsByLine } from './assets_by_line';

/** What was written last of a topic. */
export function NewestAssets({ topic }: { topic: Reference }) {
  const catalogue = useCatalogue();
  const assets = catalogue.entity('knowledge.asset');
  const topics = catalogue.entity('knowledge.asset_topic');
  return assets && topics ? <Newest assets={assets} topics={topics} topic={topic} /> : null;
}

function Newest({ assets, topics, topic }: { assets: Entity; topics: Entity; topic: Reference }) {
  const { rows, error } = useAssetsByLine(assets, topics, { topic: String(topic.id) });
  useFollowing(`entity=${assets.name}`);
  return (
    <Panel title="Newest assets">
      <ProblemAlert error={error} />
      {rows?.length === 0 && <p className="soft">Nothing is written of {topic.label} yet.</p>}
      {rows && rows.length > 0 && <AssetList assets={assets} rows={rows} label="Newest assets" />}
    </Panel>
  );
}
