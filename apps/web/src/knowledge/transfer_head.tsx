import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { daysBetween } from '../format/day';
import { formatDecimal } from '../format/decimal';
import { linesOf } from '../form/draft';
import { FieldInput } from '../form/field_input';
import type { RecordEditor } from '../form/record_editor';
import { ValueView } from '../form/value_view';
import { daysText } from './due';
import { progressOf, transferLineFrom } from './transfer';

interface TransferHeadProps {
  entity: Entity;
  editor: RecordEditor;
  record: RecordRow;
  isEditable: boolean;
}

/** Who leaves and when, how many days are left, and how much is handed over. */
export function TransferHead({ entity, editor, record, isEditable }: TransferHeadProps) {
  const { today, company } = useCatalogue();
  const progress = progressOf(linesOf(editor.draft, 'lines').map(transferLineFrom));
  const leavesOn = typeof editor.draft['leaves_on'] === 'string' ? editor.draft['leaves_on'] : '';
  const isOpen = record['state'] === 'open';
  const fields = editor.asked.filter(({ name, kind }) => kind !== 'lines' && name !== entity.workflow?.field);
  const entered = isEditable ? fields.filter(({ name, read_only }) => !read_only && name !== 'employee') : [];
  const facts = fields.filter((field) => !entered.includes(field) && labelOf(record[field.name]) !== '');
  return (
    <section className="panel transfer-head" aria-label="How far it is">
      <dl>{facts.map((field) => <div key={field.name}><dt>{field.label}</dt><dd><ValueView field={field} value={record[field.name]} /></dd></div>)}</dl>
      <div className="transfer-entered">{entered.map((field) => <FieldInput key={field.name} field={{ ...field, help: null }} value={editor.draft[field.name]} error={editor.errors[field.name]} onChange={(value) => editor.setField(field.name, value)} />)}</div>
      <div className="transfer-progress">
        {isOpen && leavesOn && <p className="transfer-left"><b>{leftText(daysBetween(today, leavesOn))}</b></p>}
        <p>
          {progress.all === 0 ? 'Nothing is held that would have to be handed over.' : <><b>{progress.done} of {progress.all}</b> handed over</>}
          {progress.done < progress.all && <span className="soft">, {formatDecimal(progress.open, company.decimals)} {company.currency} depend on the rest</span>}
        </p>
        {progress.all > 0 && (
          <div className="transfer-bar" role="progressbar" aria-label="Handed over" aria-valuemin={0} aria-valuemax={progress.all} aria-valuenow={progress.done}>
            <span style={{ width: `${(progress.done / progress.all) * 100}%` }} />
          </div>
        )}
      </div>
    </section>
  );
}

function leftText(days: number): string {
  if (days < 0) return `Gone for ${daysText(-days)}`;
  return days === 0 ? 'The first day without them is today' : `${daysText(days).replace(/^o/, 'O')} left`;
}
