import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow, Reference } from '../api/contract';
import { listQuery } from '../api/queries';
import { useFollowing } from '../live/following';
import { listAddress, newRecordAddress, recordAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { dueText } from './due';

const shownAtOnce = 8;

/** What waits for an answer of a topic, the first due first. */
export function OpenQuestions({ topic }: { topic: Reference }) {
  const questions = useCatalogue().entity('knowledge.question');
  return questions ? <Waiting questions={questions} topic={topic} /> : null;
}

function Waiting({ questions, topic }: { questions: Entity; topic: Reference }) {
  const conditions = { topic: String(topic.id), state: 'asked' };
  const { data, error } = useQuery(listQuery(questions, new URLSearchParams({ ...conditions, sort: 'due_on', limit: String(shownAtOnce), fields: 'text,expert,due_on' })));
  useFollowing(`entity=${questions.name}`);
  const total = data?.total ?? 0;
  const ways = (
    <>
      {total > shownAtOnce && <Link className="plain-link" to={listAddress(questions, conditions)}>All {total}</Link>}
      {questions.creatable && <Link className="plain-link" to={`${newRecordAddress(questions)}?topic=${topic.id}`}>Ask a question</Link>}
    </>
  );
  return (
    <Panel title="Open questions" actions={ways}>
      <ProblemAlert error={error} />
      {data?.rows.length === 0 && <p className="soft">Nobody waits for an answer.</p>}
      {data && data.rows.length > 0 && <ul className="community-questions" aria-label="Open questions">{data.rows.map((row) => <OpenQuestion key={row.id} questions={questions} row={row} />)}</ul>}
    </Panel>
  );
}

function OpenQuestion({ questions, row }: { questions: Entity; row: RecordRow }) {
  const { today } = useCatalogue();
  const expert = labelOf(row['expert']);
  const day = labelOf(row['due_on']);
  const due = day ? dueText(day, today) : null;
  return (
    <li>
      <Link className="plain-link" to={recordAddress(questions, row.id ?? 0)}>{labelOf(row['text'])}</Link>
      <span className="soft">{expert ? `asked of ${expert}` : 'nobody was found to ask'}</span>
      {due && <span className="state" data-tone={due.tone}>{due.text}</span>}
    </li>
  );
}
