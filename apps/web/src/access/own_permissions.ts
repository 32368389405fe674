import type { CatalogueDocument } from '../api/contract';
import { humanised } from '../format/value_text';

export interface Permission {
  name: string;
  title: string;
  module: string;
}

/** What one may, by its titles; a server that tells none leaves the names to be read. */
export function ownPermissions({ permissions, user }: CatalogueDocument): Permission[] {
  const titled = permissions ?? user.permissions.map((name) => ({ name, title: humanised(name) }));
  return titled.map(({ name, title }) => ({ name, title, module: name.split('.')[0] ?? '' }));
}
