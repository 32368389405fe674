// What the mock company knows: its assets with their past, and who knows what.
import { htmlFrom } from './markdown.mjs';
import { begunPeople, makePeople, movedPeople } from './knowledge_people.mjs';
import { Refusal } from './refusal.mjs';

const people = [['Rob Walters', 'Senior Tool Designer', 'Engineering'], ['Gail Erickson', 'Design Engineer', 'Engineering'], ['Jossef Goldberg', 'Service Technician', 'Service'], ['Dylan Miller', 'Research Manager', 'Research'], ['Annette Hill', 'Purchasing Assistant', 'Purchasing']];
const topics = [['Drivetrain', null], ['Rear derailleurs', 1], ['Wheels', null], ['Brakes', null], ['Shipping damage', null], ['Paint', null]];

const alignment = `A rear derailleur that makes a noise under load is nearly always bent, not worn. Straighten it before anything is replaced.

## When it helps

- The noise comes in one or two gears only.
- The bicycle fell over, or was packed with the derailleur outwards.

## What to do

1. Put the alignment gauge on the hanger.
2. Compare the distance to the rim at **four points**. More than 4 mm is bent.
3. Straighten slowly, past the point where it stands right, and measure again.

| Distance | What it means | What to do |
|---|---|---|
| up to 4 mm | Straight | Set the limit screws |
| 4 to 12 mm | Bent | Straighten |
| above 12 mm | Weakened | Replace the hanger |

> A hanger of aluminium is straightened once. The second time it breaks.

## What not to do

Do not set the indexing first: it hides the fault for a week. See [Rear derailleurs](/knowledge/topics/2) for the parts, and measure with \`gauge DAG-2\`.

### Tools

The gauge hangs in the service bay. The customer's own tool is seldom straight.
`;
const packing = `Four of five wheels that arrive bent were packed without the spacer between the fork ends.

## What changes

The spacer goes in **before** the wheel is taken out. The packing list names it since October.
`;
const script = '<script>document.title = "taken"</script><img src=x onerror="document.title=\'taken\'">';

export function makeKnowledge({ tables, referenceTo, day }) {
  makeGuides(tables);
  people.forEach(([name, job_title, department], index) => tables['directory.employee'].push({ id: index + 1, version: 1, name, job_title, department, email: `${name.split(' ')[0].toLowerCase()}@staff.example`, leaves_on: name === 'Dylan Miller' ? '2026-12-31' : null, active: true }));
  const employee = (id) => referenceTo('directory.employee', tables['directory.employee'][id - 1]);
  topics.forEach(([name, parent], index) => tables['knowledge.topic'].push({ id: index + 1, version: 1, name, parent: parent ? { id: parent, label: topics[parent - 1][0] } : null, lead: employee(1), description: null, active: true, subjects: [] }));
  const topic = (id) => ({ id: 1, topic: referenceTo('knowledge.topic', tables['knowledge.topic'][id - 1]) });
  const product = tables['catalog.product'][0];
  const add = (kind, title, body, more) => {
    const id = tables['knowledge.asset'].length + 1;
    const row = {
      id, version: 1, number: `KA-2026-${String(id).padStart(5, '0')}`, kind, title, summary: null, body, language: 'en', audience: 'internal', state: 'draft', author: 'ada', owner: employee(2), verifier: null,
      revision: 1, review_every_days: '180', verified_on: null, review_on: null, confidence: 'medium', best_practice: false, objective: null, minutes_saved: '0', outcome: null, outcome_on: null, address: null, standing: 1000, topics: [], links: [], ...more,
    };
    tables['knowledge.asset'].push(row);
    revise(tables, row, 'ada', 'Written', `${day(200 - id)}T09:12:00.000000Z`);
    return row;
  };
  const first = add('how_to', 'Align a rear derailleur', alignment.replace('four points', 'two points'), {
    summary: 'A noisy derailleur is nearly always bent: measure and straighten the hanger before parts are replaced.', state: 'verified', verifier: employee(1), verified_on: day(40), review_on: day(-140), confidence: 'high', best_practice: true,
    topics: [topic(2)], links: [{ id: 1, entity: 'catalog.product', record: product.id, relation: 'about', note: 'The part it is about', effective_from: null }],
  });
  Object.assign(first, { body: alignment, revision: 2, minutes_saved: '25' });
  revise(tables, first, 'grace', 'Four points instead of two', `${day(45)}T16:40:00.000000Z`);
  add('lesson', 'Wheels need the spacer between the fork ends', packing, {
    state: 'needs_review', verifier: employee(3), verified_on: day(300), review_on: day(10), topics: [topic(5)],
    links: [{ id: 2, entity: 'knowledge.asset', record: first.id, relation: 'evidence', note: 'Shows that the fault is made while packing', effective_from: null }],
  });
  add('article', 'Bleeding hydraulic brakes', 'Air in the line feels like a soft lever.\n\n## Steps\n\n1. Open the bleed port.\n2. Push fluid until no bubble comes.\n', { state: 'in_review', author: 'karl', topics: [topic(4)] });
  add('decision', 'Paint from one supplier only', '## Question\n\nOne supplier or two?\n\n## Decision\n\nOne, for two years.\n', { author: 'administrator', topics: [topic(6)] });
  add('question', 'A title with <b>marks</b> in it', `Somebody wrote this: ${script}\n\n[click](javascript:alert(1))\n`, { state: 'verified', verified_on: day(3), review_on: day(-100), verifier: employee(1) });
  const headings = { how_to: ['When it helps', 'What to do'], lesson: ['What happened', 'What we learned', 'What changes'], story: ['Situation', 'Action', 'Result', 'Lesson'], decision: ['Question', 'Sources', 'Evidence', 'Decision', 'Outcome'], question: ['Question', 'Answer'] };
  Object.entries(headings).forEach(([kind, some], index) => tables['knowledge.template'].push({ id: index + 1, version: 1, kind, language: 'en', body: some.map((one) => `## ${one}\n\n`).join(''), active: true }));
  tables['knowledge.objection'].push({ id: 1, version: 1, asset: { id: 2, label: 'Wheels need the spacer between the fork ends' }, text: 'New cartons have a spacer of their own', objected_by: 'nora', objected_at: `${day(2)}T10:00:00.000000Z`, state: 'open' });
  readByLines(tables);
  makePeople({ tables, referenceTo, day });
  [['ceramic bearing', 4], ['electronic shifting', 2]].forEach(([words, times], index) => tables['search.miss'].push({ id: index + 1, version: 1, text: words, times, last_at: `${day(index)}T08:00:00.000000Z`, last_by: 'karl', state: 'open', answer: null }));
}

// The topics and links of all assets, as lists of their own.
function readByLines(tables) {
  for (const [name, field] of [['knowledge.asset_topic', 'topics'], ['knowledge.asset_link', 'links']]) {
    const get = () => tables['knowledge.asset'].flatMap((asset) => asset[field].map((line, index) => ({ ...line, id: asset.id * 100 + index, version: 1, document: { id: asset.id, label: asset.title } })));
    Object.defineProperty(tables, name, { get });
  }
}

function makeGuides(tables) {
  tables['knowledge.guide'].push({ id: 1, version: 1, name: 'The gears make a noise', topic: { id: 2, label: 'Rear derailleurs' }, asset: { id: 1, label: 'Align a rear derailleur' }, help: 'A customer hears something while riding.', active: true });
  const step = (code, kind, text, more = {}) => ({ code, kind, text, asset: null, entity: null, ...more });
  const way = (from, text, next_step) => ({ step: from, text, next_step });
  const steps = [
    step('gears', 'question', 'In how many gears is the noise?'), step('fell', 'question', 'Did the bicycle fall over, or was it packed with the derailleur outwards?'),
    step('straighten', 'article', 'Straighten the hanger', { asset: { id: 1, label: 'Align a rear derailleur' } }), step('chain', 'remedy', 'Clean and oil the chain, then ride a mile.'), step('send', 'new_record', 'Have it sent in', { entity: 'crm.complaint' }),
  ];
  const answers = [way('gears', 'In one or two', 'fell'), way('gears', 'In all of them', 'chain'), way('fell', 'Yes', 'straighten'), way('fell', 'No', 'send')];
  const numbered = (rows) => rows.map((row, index) => ({ id: index + 1, ...row }));
  const of = (version_number, state, more) => ({ id: version_number, version: 1, guide: { id: 1, label: 'The gears make a noise' }, version_number, name: `The gears make a noise, ${version_number}`, state, valid_from: null, valid_to: null, note: null, steps: numbered(steps), answers: numbered(answers), ...more });
  tables['knowledge.guide_version'].push(of(1, 'in_use', { valid_from: '2026-01-01' }), of(2, 'draft', { answers: numbered(answers.slice(0, 3)) }));
}

function here(tables, walk) {
  const version = tables['knowledge.guide_version'].find(({ id }) => id === walk.version_of);
  const step = version.steps.find(({ code }) => code === walk.step);
  return {
    state: walk.state, guide: walk.guide, step: { code: step.code, kind: step.kind, text: step.text, asset: step.asset, entity: step.entity || null },
    answers: version.answers.filter((one) => one.step === walk.step).map((one) => one.text), path: walk.answers.map(({ step: code, question, answer }) => ({ step: code, question, answer })),
  };
}

/** A walk goes on to where an answer leads, and back again. */
export function movedWalk({ tables, row, transition, input }) {
  const version = tables['knowledge.guide_version'].find(({ id }) => id === row.version_of);
  const at = (code) => version.steps.find((one) => one.code === code);
  if (transition.name === 'answer') {
    const chosen = version.answers.find((one) => one.step === row.step && one.text === input.answer);
    if (!chosen) throw new Refusal(422, 'knowledge.no_such_answer', `To go on, choose one of the answers of "${at(row.step).text}".`, 'answer');
    row.answers = [...row.answers, { id: row.answers.length + 1, step: row.step, question: at(row.step).text, answer: chosen.text, next_step: chosen.next_step }];
    row.step = chosen.next_step;
  }
  if (transition.name === 'back') {
    if (row.answers.length === 0) throw new Refusal(409, 'knowledge.at_the_start', 'To go back, answer something first: this is where the guide begins.');
    row.step = row.answers.at(-1).step;
    row.answers = row.answers.slice(0, -1);
  }
  if (transition.name === 'answer' || transition.name === 'back') row.state = at(row.step).kind === 'question' ? 'walking' : 'arrived';
  if (transition.name === 'finish' || transition.name === 'settle') Object.assign(row, { solved: input.solved ?? 'unknown', note: input.note ?? row.note });
}

function revise(tables, row, by, why, at = new Date().toISOString()) {
  const id = tables['knowledge.revision'].length + 1;
  tables['knowledge.revision'].push({ id, version: 1, asset: { id: row.id, label: row.title }, number: row.revision, title: row.title, body: row.body, changed_by: by, changed_at: at, why });
}

const labelOf = (tables, entities, entity, record) => {
  const display = entities.find(({ name }) => name === entity)?.display;
  const row = tables[entity]?.find(({ id }) => id === Number(record));
  return row && { id: row.id, label: String(row[display]) };
};

const questions = [
  { asset: 1, question: 'How much is bent?', answers: ['More than 2 mm', 'More than 4 mm', 'More than 12 mm'], right: 'B' },
  { asset: 1, question: 'How often is a hanger of aluminium straightened?', answers: ['Once', 'Twice'], right: 'A' },
];
const questionsOf = (row) => questions.filter(({ asset }) => asset === row.id);

/** Views of records that are not lists: what GET /api/<path>/<id>/<view> answers. */
export const knowledgeViews = ({ tables, entities }) => ({
  'knowledge.asset links': (row) => ({
    links: row.links.map((link) => ({ entity: link.entity, record: labelOf(tables, entities, link.entity, link.record), relation: link.relation, note: link.note ?? null, effective_from: link.effective_from ?? null, linked_back: false })),
    back_links: tables['knowledge.asset'].flatMap((other) => other.links.filter((link) => link.entity === 'knowledge.asset' && Number(link.record) === row.id)
      .map((link) => ({ asset: { id: other.id, label: other.title }, state: other.state, relation: link.relation, note: link.note ?? null }))),
    contradicted_by: row.links.filter(({ relation }) => relation === 'contradicted_by').map((link) => labelOf(tables, entities, link.entity, link.record)),
  }),
  'knowledge.asset quiz': (row, user) => ({
    pass_percent: 80, best_score: tables['knowledge.reading'].find((one) => one.asset.id === row.id && one.revision === row.revision && one.reader === user.name)?.score ?? null,
    questions: questionsOf(row).map(({ question, answers }) => ({ question, answers: answers.map((text, index) => ({ letter: 'ABC'[index], text })) })),
  }),
  'knowledge.revision difference': (row) => {
    const before = tables['knowledge.revision'].find((one) => one.asset.id === row.asset.id && one.number === row.number - 1);
    const part = (name) => differing((before?.[name] ?? '').split('\n'), (row[name] ?? '').split('\n')).map((line) => ({ part: name, ...line }));
    return { before: before?.id ?? null, lines: [...part('title'), ...part('body')] };
  },
  'knowledge.walk here': (row) => here(tables, row),
});

// The longest common lines stay; the rest came or went.
function differing(before, after) {
  const longest = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let k = after.length - 1; k >= 0; k -= 1) longest[i][k] = before[i] === after[k] ? longest[i + 1][k + 1] + 1 : Math.max(longest[i + 1][k], longest[i][k + 1]);
  }
  const lines = [];
  for (let i = 0, k = 0; i < before.length || k < after.length;) {
    if (i < before.length && k < after.length && before[i] === after[k]) lines.push({ change: 'kept', text: before[i++] }), (k += 1);
    else if (i < before.length && (k === after.length || longest[i + 1][k] >= longest[i][k + 1])) lines.push({ change: 'removed', text: before[i++] });
    else lines.push({ change: 'added', text: after[k++] });
  }
  return lines;
}

/** What a record of knowledge is given when it is written. */
export function begunKnowledge({ tables, row, entity, entities, user, day }) {
  begunPeople({ tables, row, entity, entities, day });
  if (entity.name === 'knowledge.asset') {
    Object.assign(row, { number: `KA-2026-${String(row.id).padStart(5, '0')}`, author: user.name, revision: 1 });
    revise(tables, row, user.name, 'Written');
  }
  if (entity.name === 'knowledge.walk') {
    const version = tables['knowledge.guide_version'].find((one) => one.guide.id === row.guide.id && one.state === 'in_use');
    const first = version.steps.find(({ code }) => !version.answers.some((one) => one.next_step === code));
    Object.assign(row, { version_of: version.id, step: first.code, solved: 'unknown', walked_by: user.name, answers: [] });
  }
  if (entity.name === 'knowledge.guide_version') {
    const number = tables['knowledge.guide_version'].filter((one) => one.guide.id === row.guide.id).length;
    Object.assign(row, { version_number: number, name: `${row.guide.label}, ${number}` });
  }
  if (entity.name === 'knowledge.preparation') row.prepared_by = user.name;
  if (entity.name === 'knowledge.question') Object.assign(row, { asker: row.asker ?? { id: 5, label: 'Annette Hill' }, expert: { id: 1, label: 'Rob Walters' }, due_on: day(-3) });
}

/** A verified text that is changed is to be checked again; every text is kept. */
export function rewritten({ tables, row, before, user }) {
  if (row.body === before.body && row.title === before.title) return;
  row.revision += 1;
  if (row.state === 'verified') row.state = 'in_review';
  revise(tables, row, user.name, '');
}

function keepReading(tables, row, user, understood, score) {
  const rows = tables['knowledge.reading'];
  const known = rows.find((one) => one.asset.id === row.id && one.revision === row.revision && one.reader === user.name);
  if (known) Object.assign(known, { understood: known.understood || understood, score: score ?? known.score });
  else rows.push({ id: rows.length + 1, version: 1, asset: { id: row.id, label: row.title }, revision: row.revision, reader: user.name, read_at: new Date().toISOString(), understood, score });
}

export function movedKnowledge({ tables, row, entity, transition, input, user, today, day, keep }) {
  movedPeople({ tables, row, entity, transition, input, today, keep });
  if (entity.name === 'knowledge.walk') return movedWalk({ tables, row, transition, input });
  if (entity.name !== 'knowledge.asset') return undefined;
  const work = {
    submit() { if (!row.body?.trim()) throw new Refusal(422, 'knowledge.nothing_written', 'To submit this, write what it says: its text is empty.', 'body'); },
    verify() { Object.assign(row, { verified_on: today, review_on: day(-Number(row.review_every_days)), verifier: { id: 1, label: 'Rob Walters' }, confidence: input.confidence ?? row.confidence }); },
    object() { tables['knowledge.objection'].push({ id: tables['knowledge.objection'].length + 1, version: 1, asset: { id: row.id, label: row.title }, text: input.text, objected_by: user.name, objected_at: new Date().toISOString(), state: 'open' }); },
    read() {
      if (questionsOf(row).length > 0) throw new Refusal(422, 'knowledge.quiz_first', `To say that you understood ${row.title}, answer its questions: 80 percent of them rightly.`);
      keepReading(tables, row, user, true, null);
    },
    answer_quiz() {
      const given = input.answers.toUpperCase().replace(/[^A-Z]/g, '');
      const asked = questionsOf(row);
      if (given.length !== asked.length) throw new Refusal(422, 'knowledge.answers_missing', `To answer, give ${asked.length} letters.`, 'answers');
      const score = Math.floor((asked.filter(({ right }, index) => right === given[index]).length * 100) / asked.length);
      keepReading(tables, row, user, score >= 80, score);
    },
    use() { if (input.minutes_saved) row.minutes_saved = String(input.minutes_saved); },
    publish() { row.audience = input.audience; },
    restore() {
      const old = tables['knowledge.revision'].find((one) => one.asset.id === row.id && one.number === Number(input.revision));
      Object.assign(row, { body: old.body, title: old.title, revision: row.revision + 1, state: row.state === 'verified' ? 'in_review' : row.state });
      revise(tables, row, user.name, `As it was in revision ${old.number}`);
    },
  };
  return work[transition.name]?.();
}

export function knowledgeBodies({ tables, column, hidden }) {
  const place = { drill_down: { entity: 'knowledge.asset', id_column: 'asset_id' } };
  const assetColumns = [column('title', 'Asset', 'text', place), column('kind', 'Kind', 'text'), column('state', 'State', 'text'), column('why', 'Why', 'text'), hidden('asset_id')];
  const shown = (row, why) => ({ title: row.title, kind: row.kind, state: row.state, why, asset_id: row.id });
  const linked = (row, entity, record) => row.links.some((link) => link.entity === entity && Number(link.record) === Number(record));
  const holders = [[1, ['Rob Walters', 'Jossef Goldberg', 'Gail Erickson', 'Dylan Miller']], [2, ['Jossef Goldberg']], [3, ['Rob Walters', 'Jossef Goldberg']], [4, ['Gail Erickson', 'Jossef Goldberg']], [5, []], [6, ['Dylan Miller']]];
  return {
    'knowledge.assets_about': ({ entity, record }) => ({ columns: assetColumns, rows: tables['knowledge.asset'].filter((row) => linked(row, entity, record) && row.state !== 'retired').map((row) => shown(row, 'linked')) }),
    'knowledge.lessons_for': ({ entity, record }) => ({
      columns: [...assetColumns, column('prepared_by', 'Prepared by', 'text')],
      rows: tables['knowledge.asset'].filter((row) => (entity === 'crm.complaint' || entity === 'purchasing.order') && row.kind === 'lesson' && row.state !== 'draft').map((row) => ({
        ...shown(row, 'a similar record'), prepared_by: tables['knowledge.preparation'].find((one) => one.entity === entity && Number(one.record) === Number(record) && one.lesson.id === row.id)?.prepared_by ?? '',
      })),
    }),
    'knowledge.experts': ({ topic, language }) => ({
      columns: [
        column('employee', 'Employee', 'text', { drill_down: { entity: 'directory.employee', id_column: 'employee_id' } }), column('score', 'Score', 'quantity'), column('evidence', 'Evidence', 'integer'), column('last_on', 'Last', 'date'),
        column('open_questions', 'Open questions', 'integer'), column('open_complaints', 'Open complaints', 'integer'), column('languages', 'Languages', 'text'), column('away_until', 'Away until', 'date'), column('leaves_on', 'Leaves on', 'date'),
        column('can_be_asked', 'Can be asked', 'boolean'), hidden('employee_id'),
      ],
      rows: (holders.find(([id]) => id === Number(topic))?.[1] ?? []).map((name, index) => ({
        employee: name, employee_id: tables['directory.employee'].find((one) => one.name === name).id, score: String(12.5 - index * 3), evidence: 9 - index, last_on: '2026-11-0' + (9 - index), open_questions: index, open_complaints: index * 2,
        languages: index % 2 ? 'en, de' : 'en', away_until: name === 'Gail Erickson' ? '2026-12-05' : null, leaves_on: name === 'Dylan Miller' ? '2026-12-31' : null, can_be_asked: name !== 'Gail Erickson',
      })).filter(({ languages }) => !language || languages.includes(language)),
    }),
    'knowledge.at_risk': () => ({
      columns: [
        column('topic', 'Topic', 'text', { drill_down: { entity: 'knowledge.topic', id_column: 'topic_id' } }), column('holders', 'Holders', 'integer', { drill_down: { report: 'knowledge.experts', parameters: { topic: 'topic_id' } } }), column('staying', 'Staying', 'integer'),
        column('top_holder', 'Top holder', 'text', { drill_down: { entity: 'directory.employee', id_column: 'top_id' } }), column('top_share', 'Share, percent', 'percent'), column('leaving', 'Leaving', 'text'), column('leaves_on', 'Leaves on', 'date'),
        column('revenue', 'Revenue', 'money'), hidden('topic_id'), hidden('top_id'),
      ],
      rows: holders.map(([id, names]) => ({
        topic: topics[id - 1][0], topic_id: id, holders: names.length, staying: names.filter((name) => name !== 'Dylan Miller').length, top_holder: names[0] ?? '', top_id: names[0] ? tables['directory.employee'].find((one) => one.name === names[0]).id : 0,
        top_share: names.length ? String(Math.round(100 / names.length)) : null, leaving: names.includes('Dylan Miller') ? 'Dylan Miller' : '', leaves_on: names.includes('Dylan Miller') ? '2026-12-31' : null, revenue: `${(7 - id) * 184_300}.00`,
      })).sort((left, right) => left.staying - right.staying),
    }),
  };
}
