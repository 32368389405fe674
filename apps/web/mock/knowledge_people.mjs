// What ends is reviewed, who works at the same thing belongs together, and who leaves hands over: as the mock company has it.
import { aside, choice, computed, entity, field, money, reference, states, text, transition } from './declare.mjs';
import { Refusal } from './refusal.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'knowledge.edit', ...more });
const managed = (name, label, from, to, more) => own(name, label, from, to, { permission: 'knowledge.manage', ...more });
const lines = (name, label, of) => field(name, label, 'lines', { entity: of, in_list: false, sortable: false, filterable: false });
const line = (name, title, fields) => entity(name, title, `${title}s`, `knowledge/${name.split('.')[1]}s`, { menu: 'hidden', display: fields[0].name, fields });
const day = (name, label, more) => field(name, label, 'date', more);
const employee = (name, label, more) => reference(name, label, 'directory.employee', more);
const long = (name, label) => text(name, label, { ...aside, multiline: true });
const reason = text('reason', 'Reason', { required: true, multiline: true });

export const knowledgePeople = [
  line('knowledge.review_action', 'Action of a review', [text('text', 'Text', { required: true }), employee('employee', 'Employee'), day('due_on', 'Due on'), day('done_on', 'Done on')]),
  entity('knowledge.review', 'After-action review', 'After-action reviews', 'knowledge/reviews', {
    display: 'title', help: 'Four questions about what has come to an end, and what follows from the answers',
    fields: [
      text('title', 'Title', computed), text('entity', 'Entity', { ...aside, required: true }), field('record', 'Record', 'integer', { ...aside, required: true }), employee('owner', 'Owner'), day('asked_on', 'Asked on', computed), day('due_on', 'Due on'),
      choice('state', 'State', [['open', 'Open'], ['done', 'Done'], ['waived', 'Waived']], computed), long('planned', 'What was planned?'), long('actual', 'What happened?'), long('why', 'Why was it different?'),
      long('next_time', 'What is done otherwise next time?'), day('done_on', 'Done on', computed), lines('actions', 'Actions', 'knowledge.review_action'),
    ],
    workflow: {
      field: 'state', states: states(['open', 'Open', true], ['done', 'Done', true], ['waived', 'Waived']),
      transitions: [
        own('finish', 'Finish', ['open'], 'done', { help: 'When all four questions are answered' }), own('waive', 'Waive', ['open'], 'waived', { destructive: true, input: [reason] }),
        own('capture_lesson', 'Keep as a lesson', ['open', 'done'], null, { help: 'Makes a draft of the answers, linked to the record', input: [text('title', 'Title'), reference('topic', 'Topic', 'knowledge.topic')] }),
      ],
    },
  }),
  line('knowledge.community_member', 'Member of a community', [employee('employee', 'Employee', { required: true }), day('joined_on', 'Joined on')]),
  entity('knowledge.community', 'Community', 'Communities', 'knowledge/communities', {
    menu: 'master_data', display: 'name', help: 'People who work at the same thing, wherever they belong',
    fields: [
      text('name', 'Name', { required: true }), reference('topic', 'Topic', 'knowledge.topic'), employee('lead', 'Lead'), text('purpose', 'Purpose', { multiline: true }), field('active', 'Active', 'boolean', { default: true }),
      lines('members', 'Members', 'knowledge.community_member'),
    ],
  }),
  line('knowledge.transfer_line', 'Topic to be handed over', [
    reference('topic', 'Topic', 'knowledge.topic', { required: true }), field('score', 'Score', 'quantity', computed), field('other_holders', 'Other holders', 'integer', computed), money('revenue', 'Revenue', { ...computed, currency_field: null }),
    employee('receiver', 'Receiver'), day('due_on', 'Due on'), day('done_on', 'Done on'), reference('asset', 'Asset', 'knowledge.asset'), text('note', 'Note'),
  ]),
  entity('knowledge.transfer_plan', 'Transfer plan', 'Transfer plans', 'knowledge/transfer_plans', {
    help: 'What somebody who leaves hands over, to whom and by when; what the most depends on first',
    fields: [
      text('number', 'Number', computed), employee('employee', 'Who leaves', { required: true }), day('raised_on', 'Raised on', computed), day('leaves_on', 'Leaves on'),
      choice('state', 'State', [['open', 'Open'], ['done', 'Done'], ['cancelled', 'Cancelled']], computed), lines('lines', 'Lines', 'knowledge.transfer_line'),
    ],
    workflow: {
      field: 'state', states: states(['open', 'Open', true], ['done', 'Done'], ['cancelled', 'Cancelled']),
      transitions: [
        managed('refresh', 'Refresh', ['open'], 'open', { help: 'Adds topics held since, and reckons anew what depends on each' }), managed('finish', 'Finish', ['open'], 'done', { help: 'When every topic was handed over and captured' }),
        managed('cancel', 'Cancel', ['open'], 'cancelled', { destructive: true, help: 'When they stay' }),
      ],
    },
  }),
];

const questions = [['planned', 'what was planned'], ['actual', 'what happened'], ['why', 'why it was different'], ['next_time', 'what is done otherwise next time']];

export function makePeople({ tables, referenceTo, day: ago }) {
  const staff = (id) => referenceTo('directory.employee', tables['directory.employee'][id - 1]);
  const topic = (id) => referenceTo('knowledge.topic', tables['knowledge.topic'][id - 1]);
  const lost = tables['crm.opportunity'][0];
  const review = (id, more) => ({ id, version: 1, title: `Opportunity ${lost.title}`, entity: 'crm.opportunity', record: lost.id, owner: staff(2), asked_on: ago(9), due_on: ago(2), state: 'open', planned: null, actual: null, why: null, next_time: null, done_on: null, actions: [], ...more });
  tables['knowledge.review'].push(
    review(1, {
      planned: 'The wheels reach the shop a week before the season opens, packed as always.', actual: 'Four of the ten arrived bent, and the shop opened with six.',
      actions: [
        { id: 901, text: 'Name the spacer in the packing list', employee: staff(5), due_on: ago(4), done_on: ago(5) }, { id: 902, text: 'Show the packers how it goes in', employee: staff(3), due_on: ago(1), done_on: null },
        { id: 903, text: 'Ask the carrier for its drop tests', employee: null, due_on: ago(-20), done_on: null },
      ],
    }),
    review(2, { title: 'Purchase order PO-2026-00007', entity: 'purchasing.order', record: 7, state: 'waived', asked_on: ago(90), due_on: ago(83), done_on: ago(80) }),
  );
  const member = (id, employeeId, joined) => ({ id, employee: staff(employeeId), joined_on: joined });
  tables['knowledge.community'].push({
    id: 1, version: 1, name: 'Drivetrain people', topic: topic(2), lead: staff(1), purpose: 'Whoever meets a noisy drivetrain should not have to find out alone. We look at the odd cases together every other week, and write down what helped.', active: true,
    members: [member(911, 1, '2025-03-01'), member(912, 4, '2025-09-14'), member(913, 3, '2026-06-02')],
  });
  tables['knowledge.question'].push({
    id: 1, version: 1, text: 'Can the hanger of the X2 be straightened twice?', topic: topic(2), language: null, expert: staff(1), asker: staff(5), answer: null, due_on: ago(1), state: 'asked',
  });
  const handed = (id, topicId, other_holders, revenue, receiver, more = {}) => ({
    id, topic: topic(topicId), score: String(20 - topicId), other_holders, revenue, receiver: receiver ? staff(receiver) : null, due_on: ago(-10), done_on: null, asset: null, note: null, ...more,
  });
  tables['knowledge.transfer_plan'].push({
    id: 1, version: 1, number: 'TP-2026-00001', employee: staff(4), raised_on: ago(30), leaves_on: '2026-12-31', state: 'open',
    lines: [
      handed(921, 1, 3, '1105800.00', 1, { due_on: ago(8), done_on: ago(9), asset: { id: 1, label: 'Align a rear derailleur' }, note: 'Two afternoons at the stand' }), handed(922, 4, 1, '552900.00', 2, { due_on: ago(2) }), handed(923, 6, 0, '184300.00', null),
      handed(924, 3, 2, '737200.00', 3, { due_on: ago(-2) }),
    ],
  });
}

/** What the company itself fills in when such a record is begun. */
export function begunPeople({ tables, row, entity: kind, entities, day: ago }) {
  if (kind.name === 'knowledge.review') {
    const about = entities.find(({ name }) => name === row.entity);
    const record = tables[row.entity]?.find(({ id }) => id === Number(row.record));
    if (!record) throw new Refusal(422, 'knowledge.no_such_record', 'To review a record, name one that is there.', 'record');
    Object.assign(row, { title: `${about.title} ${record[about.display]}`, asked_on: ago(0), due_on: row.due_on ?? ago(-7), owner: row.owner ?? { id: 5, label: 'Annette Hill' } });
  }
  if (kind.name === 'knowledge.transfer_plan') {
    const leaver = tables['directory.employee'].find(({ id }) => id === row.employee.id);
    const leaves_on = row.leaves_on ?? leaver.leaves_on;
    if (!leaves_on) throw new Refusal(422, 'knowledge.does_not_leave', `To plan what ${leaver.name} hands over, say when they leave: on the employee, or here.`, 'leaves_on');
    Object.assign(row, { number: `TP-2026-${String(row.id).padStart(5, '0')}`, raised_on: ago(0), leaves_on });
  }
}

/** Who joins does so today. */
export function joined(kind, row, today) {
  if (kind.name === 'knowledge.community') row.members = row.members.map((one) => ({ ...one, joined_on: one.joined_on ?? today }));
}

export function movedPeople({ tables, row, entity: kind, transition: { name }, input, today, keep }) {
  const open = questions.find(([field]) => !row[field]?.trim());
  const ways = {
    'knowledge.review finish'() {
      if (open) throw new Refusal(422, 'knowledge.question_open', `To finish the review of ${row.title}, say ${open[1]}.`, open[0]);
      row.done_on = today;
    },
    'knowledge.review waive'() { row.done_on = today; },
    'knowledge.review capture_lesson'() {
      const body = questions.filter(([field]) => row[field]).map(([field]) => `## ${kind.fields.find((one) => one.name === field).label}\n\n${row[field]}\n`).join('\n');
      if (body === '') throw new Refusal(422, 'knowledge.nothing_to_keep', `To keep a lesson of ${row.title}, answer one of the four questions first.`, 'planned');
      const topics = input.topic ? [{ topic: Number(input.topic) }] : [];
      keep({ kind: 'lesson', title: input.title || `Lesson of ${row.title}`, body, links: [{ entity: row.entity, record: row.record, relation: 'about' }], topics });
    },
    'knowledge.transfer_plan finish'() {
      const waiting = row.lines.find((one) => !one.done_on);
      if (waiting) throw new Refusal(422, 'knowledge.not_handed_over', `To finish ${row.number}, say when ${waiting.topic.label} was handed over.`, 'lines');
      const loose = row.lines.find((one) => !one.asset && !one.note);
      if (loose) throw new Refusal(422, 'knowledge.not_captured', `To finish ${row.number}, name the asset in which ${loose.topic.label} was captured, or note how it was handed over.`, 'lines');
    },
  };
  return ways[`${kind.name} ${name}`]?.();
}
