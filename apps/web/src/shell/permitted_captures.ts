import type { Catalogue } from '../api/catalogue';
import { captures, type Capture } from './special_pages';

/** What this person may write down from anywhere. */
export function permittedCaptures(catalogue: Catalogue): Capture[] {
  return captures.filter(({ entity }) => catalogue.entity(entity)?.creatable);
}
