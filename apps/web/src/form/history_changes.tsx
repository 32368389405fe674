import { useCatalogue } from '../api/catalogue';
import type { Entity, HistoryChange } from '../api/contract';
import { toldChange, type PartNames } from './told_change';

/** What one command changed: each field with its value before and after. */
export function HistoryChanges({ entity, changes, names }: { entity: Entity; changes: HistoryChange[]; names: PartNames }) {
  const catalogue = useCatalogue();
  const told = changes.map((change) => toldChange(catalogue, entity, change, names)).filter((change) => change !== null);
  const shown = told.slice(0, 12);
  return (
    <ul className="history-changes">
      {shown.map((change, index) => (
        <li key={index}>
          <span className="soft">{change.label}:</span>{' '}
          {change.before !== null && <>{change.before || <span className="soft">empty</span>} → </>}
          {change.after || <span className="soft">empty</span>}
        </li>
      ))}
      {told.length > shown.length && <li className="soft">and {told.length - shown.length} more</li>}
    </ul>
  );
}
