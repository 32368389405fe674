import { fieldNamed, labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { isReference } from '../api/contract';
import { ValueView } from '../form/value_view';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';

const shown = ['kind', 'owner', 'verifier', 'verified_on', 'review_on', 'confidence', 'audience', 'objective', 'replaced_by', 'language', 'origin', 'number', 'revision'];

/** Who answers for it, since when it holds, and what it is about. */
export function AssetFacts({ entity, record }: { entity: Entity; record: RecordRow }) {
  const facts = shown.flatMap((name) => fieldNamed(entity, name) ?? []).filter(({ name }) => labelOf(record[name]) !== '');
  const minutes = Number(record['minutes_saved'] ?? 0);
  return (
    <div className="panel asset-facts">
      {record['best_practice'] === true && <p><span className="state" data-tone="good">Best practice</span></p>}
      <Topics record={record} />
      <dl>
        {facts.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd><ValueView field={field} value={record[field.name]} /></dd>
          </div>
        ))}
        {minutes > 0 && <div><dt>Saves</dt><dd>{minutes} minutes each time</dd></div>}
      </dl>
    </div>
  );
}

function Topics({ record }: { record: RecordRow }) {
  const entity = useCatalogue().entity('knowledge.topic');
  const topics = Array.isArray(record['topics']) ? record['topics'].flatMap((line) => (isReference(line['topic']) ? [line['topic']] : [])) : [];
  if (topics.length === 0) return null;
  return (
    <ul className="asset-topics" aria-label="Topics">
      {topics.map((topic) => <li key={topic.id}>{entity ? <Link to={recordAddress(entity, topic.id)}>{topic.label}</Link> : topic.label}</li>)}
    </ul>
  );
}
