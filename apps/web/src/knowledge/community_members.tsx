import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAttempt } from '../access/attempt';
import { labelOf, useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow, Reference } from '../api/contract';
import { isReference } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { recordQuery, useRefreshAll } from '../api/queries';
import { ReferenceSelect } from '../form/reference_select';
import { recordAddress } from '../shell/addresses';
import { Panel } from '../shell/page';
import { Link } from '../shell/router';
import { useActingEmployee } from './acting_employee';
import { isMember, membersOf, memberLines, withMember, withoutMember, type MemberLine } from './members';

/** Who belongs to a community; who is here joins and leaves with one step, and others are named by who may change it. */
export function CommunityMembers({ entity, record }: { entity: Entity; record: RecordRow }) {
  const employees = useCatalogue().entity('directory.employee');
  const me = useActingEmployee();
  const client = useQueryClient();
  const refreshAll = useRefreshAll();
  const [isNaming, name] = useState(false);
  const { isBusy, problem, attempt } = useAttempt();
  const members = membersOf(record);
  const lead = isReference(record['lead']) ? record['lead'].id : 0;
  const isIn = me !== null && isMember(members, me.id);
  const save = (lines: MemberLine[]) => void attempt(async () => {
    const saved = await send<RecordRow>({ method: 'PATCH', path: apiPath(entity.path, record.id ?? 0), body: { members: lines }, version: record.version });
    client.setQueryData(recordQuery(entity, record.id ?? 0).queryKey, saved);
    name(false);
    await refreshAll();
  });
  const lines = memberLines(members);
  const add = (employee: Reference | null) => { if (employee && !isMember(members, employee.id)) save(withMember(lines, employee.id)); };
  return (
    <aside aria-label="People">
      <Panel
        title={`Members${members.length > 0 ? ` (${members.length})` : ''}`}
        actions={entity.editable && me && <Button size="compact-sm" variant={isIn ? 'default' : 'filled'} loading={isBusy} onClick={() => save(isIn ? withoutMember(members, me.id) : withMember(lines, me.id))}>{isIn ? 'Leave' : 'Join'}</Button>}
      >
        {problem !== null && <p role="alert" className="community-refused">{sentenceOf(problem)}</p>}
        {members.length === 0 && <p className="soft">Nobody has joined yet.</p>}
        {members.length > 0 && (
          <ul className="community-members" aria-label="Members">
            {members.map(({ employee, joinedOn }) => (
              <li key={employee.id}>
                {employees ? <Link className="plain-link" to={recordAddress(employees, employee.id)}>{employee.label}</Link> : employee.label}
                {employee.id === lead && <span className="state" data-tone="calm">Lead</span>}
                {joinedOn && <span className="soft">since {labelOf(joinedOn)}</span>}
              </li>
            ))}
          </ul>
        )}
        {entity.editable && employees && (isNaming
          ? <ReferenceSelect label="Who joins" entity={employees} value={null} autoFocus disabled={isBusy} narrowing="active=true" onChange={add} />
          : <Button size="compact-sm" variant="subtle" onClick={() => name(true)}>Add somebody</Button>)}
      </Panel>
    </aside>
  );
}
