import type { Catalogue } from '../api/catalogue';
import { labelOf } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { ValueView } from '../form/value_view';
import { isRightAligned } from '../format/value_text';
import type { GridColumn } from '../grid/column_model';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';

const widths: Partial<Record<Field['kind'], number>> = {
  money: 126, price: 110, quantity: 100, rate: 100, percent: 84, integer: 90, date: 104, instant: 142, boolean: 76, choice: 130,
  reference: 180, text: 120,
};
const growing: Partial<Record<Field['kind'], number>> = { reference: 2, text: 1 };

export function listColumns(fields: Field[], entity: Entity, catalogue: Catalogue): GridColumn<RecordRow>[] {
  return fields.map((field) => ({
    id: field.name,
    label: field.label,
    help: field.help,
    ...roomFor(field, entity),
    sortable: field.sortable !== false,
    ...(isRightAligned(field.kind) ? { align: 'end' as const } : {}),
    render: (row) => <ListCell row={row} field={field} entity={entity} catalogue={catalogue} />,
  }));
}

function roomFor(field: Field, entity: Entity): { width: number; grow: number } {
  const room = roomOf(field, entity);
  return { ...room, width: Math.max(room.width, Math.round(field.label.length * 7.4) + 24) };
}

// Names take the room that is left over, numbers and codes never need more than their width.
function roomOf(field: Field, entity: Entity): { width: number; grow: number } {
  const isCode = /(^|_)(number|code|currency|country)$/.test(field.name);
  if (field.kind === 'text' && isCode) return { width: 128, grow: 0 };
  if (field.name === entity.display) return { width: 200, grow: 3 };
  return { width: widths[field.kind] ?? 120, grow: growing[field.kind] ?? 0 };
}

function ListCell({ row, field, entity, catalogue }: { row: RecordRow; field: Field; entity: Entity; catalogue: Catalogue }) {
  const value = row[field.name];
  if (field.name === entity.display && row.id !== undefined) {
    return <Link to={recordAddress(entity, row.id)} tabIndex={-1}>{labelOf(value) || `#${row.id}`}</Link>;
  }
  if (field.name === entity.workflow?.field && value) return <StateBadge entity={entity} state={String(value)} />;
  const currency = field.currency_field ? labelOf(row[field.currency_field]) : '';
  const isForeign = currency !== '' && currency !== catalogue.company.currency && value !== null;
  return (
    <>
      {isForeign && <span className="currency">{currency}</span>}
      <ValueView value={value} field={field} isLinked={false} />
    </>
  );
}
