import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { isReference } from '../api/contract';
import { listQuery } from '../api/queries';
import { formatDecimal, sumDecimals } from '../format/decimal';
import { reportPageAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';

/** The two sides of a journal entry; an account leads to its ledger. */
export default function EntryLines({ id }: { id: number }) {
  const lines = useCatalogue().entity('financials.journal_line');
  return lines ? <Lines entity={lines} id={id} /> : null;
}

function Lines({ entity, id }: { entity: Entity; id: number }) {
  const { company } = useCatalogue();
  const query = new URLSearchParams({ entry: String(id), sort: 'id', limit: '500', count: 'false', fields: 'account,memo,party,amount' });
  const { data, error } = useQuery(listQuery(entity, query));
  const accounts = useAccountNames(data?.rows ?? []);
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <span className="soft">…</span>;
  const amounts = data.rows.map((row) => labelOf(row['amount']));
  const side = (isDebit: boolean) => sumDecimals(amounts.filter((amount) => amount.startsWith('-') !== isDebit)).replace('-', '');
  return (
    <div className="line-grid line-table">
      <div className="line-scroll" tabIndex={0} role="region" aria-label="Lines">
        <table>
          <thead>
            <tr><th scope="col">Account</th><th scope="col">Memo</th><th scope="col">Party</th><th scope="col" data-align="end">Debit</th><th scope="col" data-align="end">Credit</th></tr>
          </thead>
          <tbody>
            {data.rows.map((row) => <LineRow key={row.id} row={row} names={accounts} />)}
          </tbody>
          <tfoot>
            <tr><th scope="row" colSpan={3}>Total</th>{[true, false].map((isDebit) => <td key={String(isDebit)} data-align="end"><b className="line-value">{formatDecimal(side(isDebit), company.decimals)}</b></td>)}</tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}

function LineRow({ row, names }: { row: RecordRow; names: Map<number, string> }) {
  const catalogue = useCatalogue();
  const amount = labelOf(row['amount']);
  const isCredit = amount.startsWith('-');
  const shown = formatDecimal(amount.replace('-', ''), catalogue.company.decimals);
  const account = row['account'];
  const id = isReference(account) ? account.id : 0;
  return (
    <tr>
      <td><span className="line-value"><Link className="plain-link" to={reportPageAddress(catalogue, 'financials.general_ledger', { account: String(id) })}>{labelOf(account)} {names.get(id)}</Link></span></td>
      <td><span className="line-value">{labelOf(row['memo'])}</span></td>
      <td><span className="line-value">{labelOf(row['party'])}</span></td>
      <td data-align="end"><span className="line-value">{isCredit ? '' : shown}</span></td>
      <td data-align="end"><span className="line-value">{isCredit ? shown : ''}</span></td>
    </tr>
  );
}

function useAccountNames(rows: RecordRow[]): Map<number, string> {
  const entity = useCatalogue().entity('financials.account');
  const ids = [...new Set(rows.map((row) => row['account']).filter(isReference).map((account) => account.id))];
  const query = new URLSearchParams({ 'id.in': ids.join(','), limit: '500', count: 'false', fields: 'name' });
  const { data } = useQuery({ ...listQuery(entity!, query), enabled: Boolean(entity) && ids.length > 0 });
  return new Map((data?.rows ?? []).map((row) => [row.id ?? 0, labelOf(row['name'])]));
}
