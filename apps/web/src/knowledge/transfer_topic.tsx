import { ActionIcon, Checkbox } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import type { Field, Value } from '../api/contract';
import { formatDecimal, isZero } from '../format/decimal';
import type { Draft, DraftLine } from '../form/draft';
import { FieldInput } from '../form/field_input';
import { ValueView } from '../form/value_view';
import { reportPageAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Link } from '../shell/router';
import { holdersText, lineState, transferLineFrom } from './transfer';

interface TransferTopicProps {
  line: DraftLine;
  fields: Field[];
  isEditable: boolean;
  errorOf: (field: string) => string | undefined;
  onChange: (values: Draft) => void;
  onRemove: () => void;
}

const enteredNames = ['receiver', 'due_on', 'asset', 'note'];
const labels: Record<string, string> = { due_on: 'By', asset: 'Captured in', note: 'How' };

/** One topic: what hangs on it, who takes it over, and a tick when that is done. */
export function TransferTopic({ line, fields, isEditable, errorOf, onChange, onRemove }: TransferTopicProps) {
  const catalogue = useCatalogue();
  const { today, company } = catalogue;
  const read = transferLineFrom(line);
  const state = lineState(read, today);
  const entered = enteredNames.flatMap((name) => fields.find((field) => field.name === name) ?? []).map((field) => ({ ...field, label: labels[field.name] ?? field.label, help: null }));
  const depends = isZero(read.revenue) ? '' : `, ${formatDecimal(read.revenue, company.decimals)} ${company.currency} depend on it`;
  return (
    <article className="panel transfer-line" aria-label={read.topic} data-done={read.doneOn ? '' : undefined}>
      <div className="transfer-topic">
        <b>{catalogue.report('knowledge.experts') ? <Link className="plain-link" to={reportPageAddress(catalogue, 'knowledge.experts', { topic: String(read.topicId) })}>{read.topic}</Link> : read.topic}</b>
        <span className="state" data-tone={state.tone}>{state.text}</span>
        <p className="soft">{line.id === null ? 'added by hand' : `${holdersText(read.otherHolders)}${depends}`}</p>
      </div>
      <div className="transfer-done">
        {isEditable && <Checkbox label="Handed over" checked={read.doneOn !== ''} onChange={(event) => onChange({ done_on: event.currentTarget.checked ? today : null })} />}
        {read.doneOn && <span className="soft">on {read.doneOn}</span>}
        {isEditable && <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${read.topic}`} onClick={onRemove}><Icon name="close" size={14} /></ActionIcon>}
      </div>
      {isEditable ? (
        <div className="transfer-inputs">{entered.map((field) => <FieldInput key={field.name} field={field} value={line.values[field.name]} error={errorOf(field.name)} onChange={(value) => onChange({ [field.name]: value })} />)}</div>
      ) : (
        <dl className="transfer-inputs">{entered.map((field) => <div key={field.name}><dt>{field.label}</dt><dd><ValueView field={field} value={line.values[field.name] as Value} /></dd></div>)}</dl>
      )}
    </article>
  );
}
