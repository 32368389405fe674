import { Button } from '@mantine/core';
import { fieldNamed, labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { isReference } from '../api/contract';
import { ValueView } from '../form/value_view';
import { listAddress, recordAddress, reportPageAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Page, Panel } from '../shell/page';
import { RecordPage } from '../shell/pages';
import { Link, navigate } from '../shell/router';
import './community.css';
import { CommunityMembers } from './community_members';
import { LoadedRecord } from './loaded_record';
import { NewestAssets } from './newest_assets';
import { OpenQuestions } from './open_questions';

/** People who work at the same thing: who they are, what was written of it lately, and what is asked. */
export default function CommunityPage({ entity, id }: { entity: Entity; id: number | null }) {
  if (id === null) return <RecordPage entity={entity} id={null} />;
  return <LoadedRecord entity={entity} id={id}>{(record) => <Community entity={entity} record={record} />}</LoadedRecord>;
}

const drawnHere = new Set(['name', 'purpose', 'active', 'lead', 'topic']);

function Community({ entity, record }: { entity: Entity; record: RecordRow }) {
  const catalogue = useCatalogue();
  const topic = isReference(record['topic']) ? record['topic'] : null;
  const purpose = labelOf(record['purpose']);
  const others = entity.fields.filter(({ name, kind }) => kind !== 'lines' && !drawnHere.has(name) && labelOf(record[name]) !== '');
  return (
    <Page
      title={labelOf(record[entity.display]) || `${entity.title} ${record.id}`} crumb={{ label: entity.plural, to: listAddress(entity) }}
      badge={record['active'] === false && <span className="state" data-tone="quiet">Rests</span>}
      actions={entity.editable && <Button variant="default" leftSection={<Icon name="pen" size={14} />} onClick={() => void navigate(`${recordAddress(entity, record.id ?? 0)}?view=form`)}>Edit</Button>}
    >
      <div className="community">
        <div className="community-main">
          <section className="panel community-purpose" aria-label="What it is for">
            {purpose ? <p>{purpose}</p> : <p className="soft">Nobody has said yet what it is for.</p>}
            <dl>
              {['topic', 'lead'].flatMap((name) => fieldNamed(entity, name) ?? []).filter(({ name }) => record[name]).concat(others).map((field) => (
                <div key={field.name}><dt>{field.label}</dt><dd><ValueView field={field} value={record[field.name]} /></dd></div>
              ))}
            </dl>
            {topic && catalogue.report('knowledge.experts') && <Link className="plain-link" to={reportPageAddress(catalogue, 'knowledge.experts', { topic: String(topic.id) })}>Who knows most of it</Link>}
          </section>
          {topic ? <><OpenQuestions topic={topic} /><NewestAssets topic={topic} /></> : <Panel title="What is written and asked"><p className="soft">It has no topic: with one, its newest assets and its open questions stand here.</p></Panel>}
        </div>
        <CommunityMembers entity={entity} record={record} />
      </div>
    </Page>
  );
}
