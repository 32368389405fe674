import { useCatalogue } from '../api/catalogue';
import type { ReportRow } from '../api/contract';
import { formatDecimal, isZero } from '../format/decimal';
import { humanised } from '../format/value_text';

/** One call of the list: whom, by which number, for what, and how much is at stake. */
export function CallItem({ row, isChosen, onChoose }: { row: ReportRow; isChosen: boolean; onChoose: () => void }) {
  const { company, today } = useCatalogue();
  const text = (name: string) => String(row[name] ?? '');
  const isLate = text('due_on') < today;
  return (
    <li id={`call-${text('call_id')}`} role="option" aria-selected={isChosen} onClick={onChoose}>
      <b>{text('party')}</b>
      <span className="number">{!isZero(text('expected_value') || '0') && formatDecimal(text('expected_value'), company.decimals)}</span>
      <span className="soft">{[humanised(text('kind')), text('phone'), text('tier'), text('stage')].filter(Boolean).join(' · ')}</span>
      <span className={isLate ? 'call-late' : 'soft'}>{isLate ? `since ${text('due_on')}` : 'today'}</span>
    </li>
  );
}
