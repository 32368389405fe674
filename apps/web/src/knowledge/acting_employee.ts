import { useQuery } from '@tanstack/react-query';
import { useSession } from '../access/session';
import { labelOf, useCatalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import type { Entity, ListAnswer, RecordRow, Reference } from '../api/contract';

/** The employee who is here: the active one with the e-mail address of the user. Null where nobody is, or where that cannot be seen. */
export function useActingEmployee(): Reference | null {
  const catalogue = useCatalogue();
  const users = catalogue.entity('access.user');
  const employees = catalogue.entity('directory.employee');
  const user = useSession()?.user.id ?? 0;
  const { data } = useQuery({
    queryKey: ['acting_employee', user],
    queryFn: ({ signal }) => employeeOf(users!, employees!, user, signal),
    enabled: users !== undefined && employees !== undefined && user > 0,
    staleTime: 60_000,
    retry: false,
  });
  return data ?? null;
}

async function employeeOf(users: Entity, employees: Entity, user: number, signal: AbortSignal): Promise<Reference | null> {
  const email = labelOf((await read<RecordRow>(apiPath(users.path, user), signal))['email']);
  if (email === '') return null;
  const { rows } = await read<ListAnswer>(`${apiPath(employees.path)}?${new URLSearchParams({ email, active: 'true', sort: 'id', limit: '1', fields: 'name', count: 'false' })}`, signal);
  const found = rows[0];
  return found?.id === undefined ? null : { id: found.id, label: labelOf(found['name']) };
}
