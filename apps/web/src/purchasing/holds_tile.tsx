import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Report } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { reportPageAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { amountsOf, amountsText, holdColumns, holdsFrom } from './holds';
import './purchasing.css';

export default function HoldsTile({ report }: { report: Report }) {
  const catalogue = useCatalogue();
  const { data, error } = useQuery(reportQuery(report.name, new URLSearchParams()));
  const holds = data ? holdsFrom(data, catalogue) : [];
  const { decimals } = catalogue.company;
  const address = reportPageAddress(catalogue, report.name);
  return (
    <Panel title="Money on hold" actions={<Link className="plain-link" to={address}>{report.title}</Link>}>
      <ProblemAlert error={error} />
      {data && holds.length === 0 && <span className="soft">Nothing is on hold.</span>}
      {holds.length > 0 && (
        <>
          {amountsOf(holds).map(({ amount, currency }) => (
            <div key={currency} className="holds-total">
              {formatDecimal(amount, decimals)} <span className="soft">{currency}</span>
            </div>
          ))}
          <table className="holds-table">
            <tbody>
              {holdColumns(holds).map((column) => (
                <tr key={column.reason}>
                  <th scope="row">{column.label}</th>
                  <td className="number soft">{column.holds.length}</td>
                  <td className="number">{amountsText(column.amounts, decimals, false)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  );
}
