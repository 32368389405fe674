import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import { useReturning } from './following';

/** A server that was away may have come back with other fields or modules: what it can do is read again, and all that is shown. */
export function useFreshCatalogue() {
  const client = useQueryClient();
  const readAnew = useCallback(() => void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' }), [client]);
  useReturning(quietTopic(useCatalogue()), readAnew);
}

/** Something that this user may follow and that seldom changes: for the sake of the stream alone, on pages that follow nothing else. */
export function quietTopic({ document: { entities } }: Catalogue): string | null {
  const entity = entities.find(({ name }) => name === 'fields.custom_field') ?? entities.find(({ menu }) => menu === 'setup') ?? entities.find(({ menu }) => menu !== 'hidden');
  return entity ? `entity=${entity.name}` : null;
}
