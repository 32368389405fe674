import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import { humanised } from '../format/value_text';
import { ownPermissions, type Permission } from './own_permissions';
import { useSession } from './session';

/** What the view `rights` of a user says. */
export interface Rights {
  permissions: { name: string; title: string; module: string; granted: boolean; by: string[] }[];
  rules: { entity: string; title: string; sees: 'all' | 'none' | 'some'; conditions: string[][] }[];
  fields: { entity: string; field: string; access: 'hidden' | 'read_only' }[];
}

export function rightsQuery(user: number) {
  return queryOptions({
    queryKey: ['rights', user],
    queryFn: ({ signal }) => read<Rights>(apiPath('access', 'users', user, 'rights'), signal),
  });
}

/** All permissions of all modules, from one's own rights; where those are not shown, what one may oneself. */
export function usePermissions(): Permission[] {
  const catalogue = useCatalogue();
  const session = useSession();
  const mayLook = session !== undefined && catalogue.entity('access.user') !== undefined;
  const { data } = useQuery({ ...rightsQuery(session?.user.id ?? 0), enabled: mayLook, staleTime: 60_000, retry: false });
  return useMemo(() => data?.permissions ?? ownPermissions(catalogue.document), [data, catalogue]);
}

/** How a grant reads: "Approve purchase orders", "Everything in Purchasing", "Look at everything". */
export function useGrantText(): (grant: string) => string {
  const catalogue = useCatalogue();
  const permissions = usePermissions();
  return useCallback((grant) => grantText(grant, permissions, catalogue), [permissions, catalogue]);
}

function grantText(grant: string, permissions: Permission[], catalogue: Catalogue): string {
  if (grant === '*') return 'Everything';
  if (grant === '*.read') return 'Look at everything';
  if (grant.endsWith('.*')) return `Everything in ${catalogue.module(grant.slice(0, -2)).title}`;
  if (grant.startsWith('*.')) return `${humanised(grant.slice(2))}, in every module`;
  return permissions.find((permission) => permission.name === grant)?.title ?? grant;
}

export interface PermissionGroup {
  module: string;
  title: string;
  permissions: Permission[];
}

/** By module, in the order of the navigation: daily work first. */
export function groupedByModule<P extends { module: string }>(permissions: P[], catalogue: Catalogue): { module: string; title: string; permissions: P[] }[] {
  const names = [...new Set([...catalogue.document.modules.map((module) => module.name).reverse(), ...permissions.map((permission) => permission.module)])];
  return names
    .map((module) => ({ module, title: catalogue.module(module).title, permissions: permissions.filter((permission) => permission.module === module) }))
    .filter((group) => group.permissions.length > 0);
}
