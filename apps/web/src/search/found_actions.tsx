import type { SpotlightActionGroupData } from '@mantine/spotlight';
import type { Catalogue } from '../api/catalogue';
import { Icon } from '../shell/icons';
import { navigate } from '../shell/router';
import { searchTwins } from '../shell/special_pages';
import { tellChoice } from './choices';
import { groupedByKind, hitAddress, searchPageAddress, withoutTwins, type Found, type Hit } from './hits';
import { MarkedText } from './marked_text';
import { recordIcon } from './record_icon';

const ofEachKind = 4;

/** The records that were found, by kind, as the quick open shows them, and the way to all of them. */
export function foundActions(catalogue: Catalogue, text: string, found: Found | undefined): SpotlightActionGroupData[] {
  if (text.trim() === '') return [];
  const groups = groupedByKind(withoutTwins(found?.hits ?? [], searchTwins, (name) => catalogue.entity(name) !== undefined)).map(({ entity, kind, hits }) => ({
    group: catalogue.entity(entity)?.plural ?? kind,
    actions: hits.slice(0, ofEachKind).map((hit) => ({
      id: `found ${hit.entity} ${hit.id}`, 'data-found': true, onClick: () => open(text, hit),
      children: <FoundRecord hit={hit} icon={recordIcon(entity, catalogue.entity(entity))} />,
    })),
  }));
  const readAs = found?.read_as ? ` (read as ${found.read_as})` : '';
  const all = { id: 'found all', 'data-all': true, label: `Show all results for “${text.trim()}”${readAs}`, leftSection: <Icon name="search" />, onClick: () => void navigate(searchPageAddress(text.trim())) };
  return [...groups, { group: 'Search', actions: [all] }];
}

function open(text: string, hit: Hit): void {
  tellChoice({ text, unfinished: true }, hit);
  void navigate(hitAddress(hit));
}

function FoundRecord({ hit, icon }: { hit: Hit; icon: Parameters<typeof Icon>[0]['name'] }) {
  return (
    <span className="found-record">
      <Icon name={icon} />
      <span>
        <span className="found-title">{hit.title}</span>
        {hit.excerpt && <span className="found-excerpt"><MarkedText text={hit.excerpt} /></span>}
      </span>
    </span>
  );
}
