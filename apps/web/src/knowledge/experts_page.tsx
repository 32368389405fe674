import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, Report, ReportRow } from '../api/contract';
import { isReference } from '../api/contract';
import { listQuery, reportQuery } from '../api/queries';
import { ReferenceSelect } from '../form/reference_select';
import { formatDecimal } from '../format/decimal';
import { ReportExports } from '../report/report_exports';
import { newRecordAddress, recordAddress, reportPageAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import './people.css';

/** Who knows a topic, by what they have done, the best to ask first; and the way to ask them. */
export default function ExpertsPage({ report }: { report: Report }) {
  const catalogue = useCatalogue();
  const topics = catalogue.entity('knowledge.topic');
  const { search } = usePlace();
  const parameters = new URLSearchParams(search);
  const topic = Number(parameters.get('topic') ?? 0);
  const go = (changes: Record<string, string>) => {
    const next = Object.fromEntries([...parameters, ...Object.entries(changes)].filter(([, value]) => value !== ''));
    for (const [name, value] of Object.entries(changes)) if (value === '') delete next[name];
    void navigate(reportPageAddress(catalogue, report.name, next), { replace: true });
  };
  return (
    <Page title={report.title} help={report.help} actions={topic > 0 && <ReportExports report={report} parameters={parameters} isReady />}>
      {topics && (
        <div className="expert-choice">
          <ReferenceSelect label="About" entity={topics} value={topic ? { id: topic, label: '' } : null} onChange={(chosen) => go({ topic: chosen ? String(chosen.id) : '' })} />
          {report.parameters.some(({ name }) => name === 'language') && (
            <TextInput label="Speaks" placeholder="en, de" w={90} maxLength={2} defaultValue={parameters.get('language') ?? ''} autoComplete="off" onChange={(event) => { if (event.currentTarget.value.length !== 1) go({ language: event.currentTarget.value.toLowerCase() }); }} />
          )}
        </div>
      )}
      {topic > 0 ? <Experts report={report} parameters={parameters} topic={topic} /> : topics && <TopicChoice topics={topics} choose={(id) => go({ topic: String(id) })} />}
    </Page>
  );
}

function TopicChoice({ topics, choose }: { topics: Entity; choose: (id: number) => void }) {
  const { data, error } = useQuery(listQuery(topics, new URLSearchParams({ active: 'true', sort: 'name', limit: '200', fields: 'name', count: 'false' })));
  if (error) return <ProblemAlert error={error} />;
  if (data?.rows.length === 0) return <p className="soft">There are no topics yet.</p>;
  return <ul className="topic-choice" aria-label="Topics">{data?.rows.map((row) => <li key={row.id}><Button variant="default" size="compact-sm" onClick={() => choose(row.id ?? 0)}>{labelOf(row['name'])}</Button></li>)}</ul>;
}

function Experts({ report, parameters, topic }: { report: Report; parameters: URLSearchParams; topic: number }) {
  const { data, error } = useQuery(reportQuery(report.name, parameters));
  const questions = useCatalogue().entity('knowledge.question');
  const most = Math.max(...(data?.rows ?? []).map((row) => Number(row['score'] ?? 0)), 1);
  return (
    <>
      <ProblemAlert error={error} />
      {data?.rows.length === 0 && <p className="soft">Nobody has done anything about it yet that shows.</p>}
      {data && data.rows.length > 0 && <ol className="experts" aria-label="People">{data.rows.map((row, index) => <Expert key={index} row={row} most={most} />)}</ol>}
      {questions?.creatable && (
        <p className="expert-ask">
          <Button onClick={() => void navigate(`${newRecordAddress(questions)}?topic=${topic}`)}>Ask an expert</Button>
          <span className="soft">The question goes to the best of them who can be asked, and on to the next when it is not answered in time.</span>
        </p>
      )}
    </>
  );
}

function Expert({ row, most }: { row: ReportRow; most: number }) {
  const employees = useCatalogue().entity('directory.employee');
  const text = (name: string) => (isReference(row[name]) ? row[name].label : String(row[name] ?? ''));
  const id = Number(row['employee_id'] ?? 0);
  const questions = Number(row['open_questions'] ?? 0);
  const complaints = Number(row['open_complaints'] ?? 0);
  const load = [questions > 0 && `${questions} open ${questions === 1 ? 'question' : 'questions'}`, complaints > 0 && `${complaints} open ${complaints === 1 ? 'complaint' : 'complaints'}`].filter(Boolean).join(', ');
  return (
    <li className="panel expert" data-away={row['can_be_asked'] === false ? '' : undefined}>
      <div>
        {employees && id ? <Link className="plain-link expert-name" to={recordAddress(employees, id)}>{text('employee')}</Link> : <b className="expert-name">{text('employee')}</b>}
        {text('away_until') && <> <span className="state" data-tone="warn">away until {text('away_until')}</span></>}
        {text('leaves_on') && <> <span className="state" data-tone="bad">leaves on {text('leaves_on')}</span></>}
        <p className="soft">{[`${formatDecimal(text('evidence') || '0')} ${text('evidence') === '1' ? 'thing' : 'things'} done`, text('last_on') && `the last on ${text('last_on')}`, text('languages') && `speaks ${text('languages')}`].filter(Boolean).join(', ')}</p>
      </div>
      <div className="expert-score">
        <span>Score {formatDecimal(text('score') || '0')}</span>
        <span className="expert-bar" aria-hidden><span style={{ width: `${(Number(row['score'] ?? 0) / most) * 100}%` }} /></span>
      </div>
      <span className="soft expert-load">{row['can_be_asked'] === false ? 'cannot be asked now' : load || 'nothing waits for them'}</span>
    </li>
  );
}
