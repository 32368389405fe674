import { expect, test } from 'vitest';
import type { CatalogueDocument } from '../api/contract';
import { ownPermissions } from './own_permissions';

const document = { user: { name: 'karl', permissions: ['purchasing.approve', 'purchasing.release_holds'] } } as CatalogueDocument;

test('permissions: what one may is told by its titles', () => {
  const permissions = [{ name: 'purchasing.approve', title: 'Approve orders' }];
  expect(ownPermissions({ ...document, permissions })).toEqual([{ name: 'purchasing.approve', title: 'Approve orders', module: 'purchasing' }]);
});

test('permissions: by its names, where the server tells no titles', () => {
  expect(ownPermissions(document).map(({ title, module }) => [title, module])).toEqual([['Approve', 'purchasing'], ['Release holds', 'purchasing']]);
});
