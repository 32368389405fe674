import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { useAttempt } from '../access/attempt';
import { sentenceOf } from '../api/problem';
import { recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { navigate } from '../shell/router';

/** Picks a guide and walks it for this record: each answer is kept with it. */
export function GuideChoice({ entity, record }: { entity: Entity; record: RecordRow }) {
  const catalogue = useCatalogue();
  const guides = catalogue.entity('knowledge.guide');
  const walks = catalogue.entity('knowledge.walk');
  return guides && walks?.creatable ? <KnownGuides guides={guides} walks={walks} entity={entity} record={record} /> : null;
}

function KnownGuides({ guides, walks, entity, record }: { guides: Entity; walks: Entity; entity: Entity; record: RecordRow }) {
  const { data } = useQuery({ ...listQuery(guides, new URLSearchParams({ active: 'true', limit: '50', sort: 'name', fields: 'name' })), staleTime: 60_000 });
  const { isBusy, problem, attempt } = useAttempt();
  const walk = (guide: number) => void attempt(async () => {
    const begun = await send<RecordRow>({ method: 'POST', path: apiPath(walks.path), body: { guide, entity: entity.name, record: record.id ?? 0 } });
    await navigate(recordAddress(walks, begun.id ?? 0));
  });
  if (!data || data.rows.length === 0) return null;
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target><Button variant="default" size="compact-sm" loading={isBusy} leftSection={<Icon name="route" size={14} />}>Walk a guide</Button></Menu.Target>
        <Menu.Dropdown>{data.rows.map((row) => <Menu.Item key={row.id} onClick={() => walk(row.id ?? 0)}>{labelOf(row['name'])}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {problem !== null && <p role="alert">{sentenceOf(problem)}</p>}
    </>
  );
}
