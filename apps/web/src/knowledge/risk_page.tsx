import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportAnswer, ReportRow } from '../api/contract';
import { isReference } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { ReportExports } from '../report/report_exports';
import { reportPageAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, usePlace } from '../shell/router';
import './people.css';
import { byRisk, columnOf, holderColumns, riskLabel, riskOf, risks, type Risk, type TopicRisk } from './risk';

/** Every topic by how many people know it. A cell says in words how much is at risk, and leads to the people. */
export default function RiskPage({ report }: { report: Report }) {
  const { search } = usePlace();
  const parameters = new URLSearchParams(search);
  const { data, error } = useQuery(reportQuery(report.name, parameters));
  const [only, show] = useState<Risk | null>(null);
  const topics = topicsOf(data).sort(byRisk);
  const shown = topics.filter((topic) => only === null || riskOf(topic) === only);
  return (
    <Page title={report.title} help={report.help} actions={<ReportExports report={report} parameters={parameters} isReady />}>
      <ProblemAlert error={error} />
      {data && topics.length === 0 && <p className="soft">There are no topics yet.</p>}
      {topics.length > 0 && (
        <>
          <div className="risk-counts" role="group" aria-label="Show only">
            {risks.map(({ risk, label, meaning }) => {
              const count = topics.filter((topic) => riskOf(topic) === risk).length;
              return <button key={risk} type="button" className="risk" data-risk={risk} aria-pressed={only === risk} title={`${label}: ${meaning}`} onClick={() => show(only === risk ? null : risk)}><b>{count}</b> {label}</button>;
            })}
          </div>
          <RiskMap topics={shown} />
        </>
      )}
    </Page>
  );
}

function RiskMap({ topics }: { topics: TopicRisk[] }) {
  const { company } = useCatalogue();
  return (
    <div className="panel table-scroll risk-map" role="region" aria-label="Topics by how many people know them" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            {holderColumns.map((label) => <th key={label} scope="col" className="risk-column">{label}</th>)}
            <th scope="col">Knows most</th><th scope="col">Leaves</th><th scope="col" className="number">Depends on it, {company.currency}</th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={topic.topicId}>
              <th scope="row">{topic.topic}</th>
              {holderColumns.map((label, column) => <td key={label} className="risk-column">{column === columnOf(topic.holders) && <RiskCell topic={topic} />}</td>)}
              <td>{topic.topHolder}{topic.topShare !== null && <span className="soft"> {topic.topShare} %</span>}</td>
              <td>{topic.leaving && <>{topic.leaving}<span className="soft"> {topic.leavesOn}</span></>}</td>
              <td className="number">{formatDecimal(topic.revenue, company.decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RiskCell({ topic }: { topic: TopicRisk }) {
  const catalogue = useCatalogue();
  const risk = riskOf(topic);
  const people = topic.holders === 1 ? 'one person' : `${topic.holders} people`;
  const to = reportPageAddress(catalogue, 'knowledge.experts', { topic: String(topic.topicId) });
  const staying = topic.staying < topic.holders ? `, ${topic.staying === 0 ? 'none stays' : `${topic.staying} stay`}` : '';
  return <Link className="risk" data-risk={risk} to={to} title={`${topic.topic}: ${people}${staying}`}>{riskLabel(risk)}{topic.holders > 0 && <span> {topic.holders}{staying}</span>}</Link>;
}

function topicsOf(answer: ReportAnswer | undefined): TopicRisk[] {
  const text = (row: ReportRow, name: string) => (isReference(row[name]) ? row[name].label : String(row[name] ?? ''));
  return (answer?.rows ?? []).map((row) => ({
    topic: text(row, 'topic'), topicId: Number(row['topic_id'] ?? 0), holders: Number(row['holders'] ?? 0), staying: Number(row['staying'] ?? row['holders'] ?? 0), topHolder: text(row, 'top_holder'),
    topShare: row['top_share'] === null || row['top_share'] === undefined ? null : Math.round(Number(row['top_share'])), leaving: text(row, 'leaving'), leavesOn: text(row, 'leaves_on'), revenue: text(row, 'revenue') || '0',
  }));
}
