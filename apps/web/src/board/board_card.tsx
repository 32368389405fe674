import { CloseButton } from '@mantine/core';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { ValueView } from '../form/value_view';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { columnOf, type BoardColumn } from './board_fields';
import { MoveChoices } from './move_choices';
import { moveOf } from './move_rule';

interface BoardCardProps {
  entity: Entity;
  row: RecordRow;
  fields: Field[];
  by: Field;
  columns: BoardColumn[];
  isCurrent: boolean;
  isPending: boolean;
  refusal: string | null;
  onForget: () => void;
  onMove: (to: BoardColumn) => void;
  /** The keyboard has come to this card. */
  onEnter: () => void;
  onDrag: (isHeld: boolean) => void;
}

/** One record: its name, a few values, and where it may go. */
export function BoardCard({ entity, row, fields, by, columns, isCurrent, isPending, refusal, onForget, onMove, onEnter, onDrag }: BoardCardProps) {
  const name = labelOf(row[entity.display]) || `#${row.id}`;
  const here = columnOf(row, by);
  const targets = columns.filter((column) => column.key !== here && moveOf(entity, by, row, column) !== null);
  const isFilled = (field: Field) => row[field.name] !== null && row[field.name] !== undefined && row[field.name] !== '';
  const take = (event: React.DragEvent) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', name);
    onDrag(true);
  };
  return (
    <div className="board-card" draggable={targets.length > 0} data-pending={isPending ? '' : undefined} onDragStart={take} onDragEnd={() => onDrag(false)} onFocus={onEnter}>
      <div className="board-card-head">
        <Link to={recordAddress(entity, row.id ?? 0)} tabIndex={isCurrent ? 0 : -1} draggable={false}>{name}</Link>
        {targets.length > 0 && <MoveChoices name={name} targets={targets} isCurrent={isCurrent} isBusy={isPending} onMove={onMove} />}
      </div>
      <dl>
        {fields.filter(isFilled).map((field) => (
          <div key={field.name} data-kind={field.kind}>
            <dt>{field.label}</dt>
            <dd><CardValue entity={entity} row={row} field={field} /></dd>
          </div>
        ))}
      </dl>
      {refusal && (
        <p role="alert" className="board-refusal">
          {refusal}
          <CloseButton size={20} iconSize={11} aria-label="Understood" onClick={onForget} />
        </p>
      )}
    </div>
  );
}

function CardValue({ entity, row, field }: { entity: Entity; row: RecordRow; field: Field }) {
  const { company } = useCatalogue();
  if (field.name === entity.workflow?.field) return <StateBadge entity={entity} state={String(row[field.name])} />;
  const currency = field.currency_field ? labelOf(row[field.currency_field]) : '';
  return <><ValueView value={row[field.name]} field={field} isLinked={false} />{currency && currency !== company.currency && <span className="soft"> {currency}</span>}</>;
}
