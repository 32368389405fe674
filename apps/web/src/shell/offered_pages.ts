import type { Catalogue } from '../api/catalogue';
import { grants } from '../api/grants';
import { ownPages, type OwnPage } from './special_pages';

/** Pages that no entity is behind, as far as this person may see what is on them. */
export function offeredPages(catalogue: Catalogue, granted: string[]): OwnPage[] {
  return ownPages.filter(({ menu, entity }) => (!menu || grants(granted, menu.permission)) && (!entity || catalogue.entity(entity)));
}
