import type { Entity } from '../api/contract';
import type { IconName } from '../shell/icons';
import { recordIcons } from '../shell/special_pages';

/** What stands before a record in a list of different kinds. */
export function recordIcon(name: string, entity: Entity | undefined): IconName {
  return recordIcons[name] ?? (entity?.menu === 'master_data' ? 'columns' : entity?.menu === 'ledgers' ? 'report' : 'document');
}
