import { useCatalogue } from '../api/catalogue';
import { reportPageAddress } from '../shell/addresses';
import { Page, Panel } from '../shell/page';
import { Link } from '../shell/router';

export default function ReportIndex() {
  const catalogue = useCatalogue();
  const { modules } = catalogue.document;
  const groups = modules
    .map((module) => ({ module, reports: catalogue.reportsInMenu.filter((report) => report.module === module.name) }))
    .filter((group) => group.reports.length > 0)
    .reverse();
  return (
    <Page title="Reports">
      <div className="report-groups">
        {groups.map((group) => (
          <Panel key={group.module.name} title={group.module.title}>
            <ul>
              {group.reports.map((report) => (
                <li key={report.name}>
                  <Link className="plain-link" to={reportPageAddress(catalogue, report.name)}>{report.title}</Link>
                  {report.help && <p>{report.help}</p>}
                </li>
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </Page>
  );
}
