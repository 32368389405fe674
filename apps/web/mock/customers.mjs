// What the mock company knows of its customers: activities and the timeline, complaints, and the calls of today.
import { aside, choice, computed, entity, field, money, reference, states, text, transition } from './declare.mjs';
import { Refusal } from './refusal.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'crm.edit', ...more });
const outcomes = [['ordered', 'Ordered'], ['wants_offer', 'Wants offer'], ['later', 'Later'], ['no_need', 'No need'], ['satisfied', 'Satisfied'], ['not_reached', 'Not reached'], ['do_not_call', 'Do not call']];

export const customerEntities = [
  entity('crm.activity', 'Activity', 'Activities', 'crm/activities', {
    display: 'subject',
    fields: [
      choice('state', 'State', [['planned', 'Planned'], ['done', 'Done']], computed), text('kind', 'Kind', { required: true }), text('subject', 'Subject', { required: true }),
      reference('party', 'Party', 'directory.party'), field('done_on', 'Done on', 'date', computed), text('outcome', 'Outcome', { ...computed, multiline: true }),
    ],
    workflow: { field: 'state', states: states(['planned', 'Planned', true], ['done', 'Done']), transitions: [own('done', 'Done', ['planned'], 'done', { input: [text('outcome', 'Outcome', { multiline: true })] })] },
  }),
  entity('crm.complaint', 'Complaint', 'Complaints', 'crm/complaints', {
    fields: [
      text('number', 'Number', computed), reference('party', 'Customer', 'directory.party'), text('customer', 'Who it is', aside), text('what_happened', 'What happened', { required: true, multiline: true }),
      reference('product', 'Product', 'catalog.product'), text('order_reference', 'Order reference', aside), field('answer_due', 'Answer due', 'date', computed), field('resolution_due', 'Resolution due', 'date', computed),
      choice('state', 'State', [['registered', 'Registered'], ['answered', 'Answered'], ['closed', 'Closed']], computed),
    ],
    workflow: {
      field: 'state', states: states(['registered', 'Registered', true], ['answered', 'Answered'], ['closed', 'Closed']),
      transitions: [own('answer', 'Answer', ['registered'], 'answered'), own('close', 'Close', ['answered'], 'closed')],
    },
  }),
  entity('crm.follow_up', 'Follow-up call', 'Follow-up calls', 'crm/follow_ups', {
    display: 'id',
    fields: [
      reference('party', 'Party', 'directory.party', { required: true }), choice('kind', 'Kind', [['reassurance', 'Reassurance'], ['repurchase', 'Repurchase']]), field('due_on', 'Due on', 'date'),
      choice('state', 'State', [['planned', 'Planned'], ['done', 'Done']], computed), money('expected_value', 'Expected value', { currency_field: null }), text('reason', 'Reason', computed),
      text('script', 'Script', { multiline: true }), choice('outcome', 'Outcome', outcomes, computed), text('note', 'Note', { multiline: true }),
    ],
    workflow: {
      field: 'state', states: states(['planned', 'Planned', true], ['done', 'Done']),
      transitions: [own('done', 'Done', ['planned'], 'done', {
        input: [choice('outcome', 'Outcome', outcomes, { required: true }), text('note', 'Note', { multiline: true }), field('call_again_on', 'Call again on', 'date'), field('need_it', 'Need it', 'integer', { help: '1 to 7' })],
      })],
    },
  }),
];

const comparisons = ['is', 'is_not', 'one_of', 'contains', 'at_least', 'at_most', 'before', 'after', 'days_ago_at_least', 'days_ago_at_most', 'unknown', 'known'];

export const segmentEntities = [
  entity('crm.segment_condition', 'Segment condition', 'Segment conditions', 'crm/segment_conditions', {
    display: 'fact', menu: 'hidden',
    fields: [
      field('alternative', 'Alternative', 'integer', { default: '1' }), text('fact', 'Fact', { required: true }),
      choice('comparison', 'Comparison', comparisons.map((name) => [name, name.replaceAll('_', ' ')]), { default: 'is' }), text('value', 'Value'),
    ],
  }),
  entity('crm.segment', 'Segment', 'Segments', 'crm/segments', {
    display: 'name',
    fields: [
      choice('state', 'State', [['used', 'Used'], ['retired', 'Retired']], computed), text('name', 'Name', { required: true }), text('note', 'Note', { multiline: true }),
      field('hold_out', 'Hold out', 'percent'), field('worked_out_on', 'Worked out on', 'date', computed), field('members', 'Members', 'integer', computed),
      field('conditions', 'Conditions', 'lines', { entity: 'crm.segment_condition', in_list: false }),
    ],
    workflow: {
      field: 'state', states: states(['used', 'Used', true], ['retired', 'Retired']),
      transitions: [own('refresh', 'Work out now', ['used'], 'used'), own('retire', 'Retire', ['used'], 'retired'), own('reuse', 'Reuse', ['retired'], 'used')],
    },
  }),
];

export const customerReports = [
  { name: 'crm.timeline', title: 'Timeline', module: 'crm', help: 'All that happened between a party and us.', parameters: [reference('party', 'Party', 'directory.party', { required: true }), text('kind', 'Kind'), field('before', 'Before', 'integer'), field('rows', 'Rows', 'integer')] },
  { name: 'crm.segment_facts', title: 'Facts for segments', module: 'crm', help: 'What can be a condition.', parameters: [] },
  { name: 'crm.segment_count', title: 'Who would belong to a segment', module: 'crm', help: 'How many satisfy these conditions.', parameters: [text('conditions', 'Conditions', { required: true })] },
  { name: 'crm.todays_calls', title: "Today's calls", module: 'crm', help: 'Calls that are due, by what is at stake.', parameters: [] },
];

export const customerPanels = [
  { name: 'crm.party_timeline', title: 'Timeline', entity: 'directory.party', view: { title: null, kind: 'report', report: 'crm.timeline', entity: null, parameters: { party: '=id' }, column: null, chart: null } },
];

export function makeCustomers({ tables, referenceTo, pick, random, day }) {
  const party = (index) => referenceTo('directory.party', tables['directory.party'][index]);
  const kinds = ['call', 'visit', 'mail', 'order', 'invoice', 'payment', 'note'];
  for (let id = 1; id <= 10_000; id += 1) {
    tables['crm.activity'].push({ id, version: 1, state: 'done', kind: pick(kinds), subject: `Talk ${id}`, party: party(0), done_on: day(10_000 - id), outcome: id % 7 ? null : 'They want it a week earlier.' });
  }
  for (let id = 1; id <= 30; id += 1) {
    tables['crm.follow_up'].push({
      id, version: 1, party: party(id), kind: pick(['reassurance', 'repurchase']), due_on: day(id % 4), state: 'planned', expected_value: `${100 * Math.floor(random() * 400)}.00`, reason: 'Half a purchase is expected by now',
      script: 'Ask whether all has come as it should, and what is needed next.', outcome: null, note: null,
    });
  }
}

/** What a complaint is given with its registration; refused as the real company refuses it. */
export function registered(row, day) {
  if (!row.party && !row.customer) throw new Refusal(422, 'crm.customer_missing', 'To register a complaint, name the customer, or write who it is.', 'party');
  Object.assign(row, { number: `CC-2026-${String(row.id).padStart(5, '0')}`, answer_due: day(-2), resolution_due: day(-10) });
}

export function customerBodies({ tables, column, amount, hidden }) {
  return {
    'crm.timeline': ({ party, kind, before, rows }) => {
      const found = tables['crm.activity'].filter((one) => one.state === 'done' && one.party?.id === Number(party) && (!kind || one.kind === kind) && (!before || one.id < Number(before)));
      return {
        columns: [column('day', 'Day', 'date'), column('kind', 'Kind', 'text'), column('subject', 'Subject', 'text'), hidden('touchpoint_id')],
        rows: found.reverse().slice(0, Number(rows ?? 100)).map((one) => ({
          day: one.done_on, kind: one.kind, direction: 'outbound', subject: one.subject, entered_by: 'administrator', body: one.outcome, moment: `${one.done_on}T10:00:00.000000Z`, source_entity: 'crm.activity', source_id: one.id,
          touchpoint_id: one.id, party_id: one.party.id, contact_id: 0, pinned: false,
        })),
      };
    },
    'crm.segment_facts': () => ({
      columns: [column('name', 'Fact', 'text'), column('title', 'Title', 'text'), column('kind', 'Kind', 'text')],
      rows: [['customer', 'Customer', 'flag'], ['country', 'Country', 'text'], ['last_contact', 'Last contact', 'day'], ['won_amount', 'Worth of opportunities won', 'number']].map(([name, title, kind]) => ({ name, title, kind })),
    }),
    'crm.segment_count': ({ conditions }) => {
      const found = tables['directory.party'].filter((one) => JSON.parse(conditions).some(({ fact, value }) => fact === 'customer' && (one.customer ? 'yes' : 'no') === value));
      return {
        columns: [column('parties', 'Parties', 'integer'), column('of', 'Of all', 'integer'), column('first', 'The first by name', 'text')],
        rows: [{ parties: found.length, of: tables['directory.party'].length, first: found.slice(0, 5).map(({ name }) => name).join(', ') }],
      };
    },
    'crm.todays_calls': () => ({
      columns: [column('party', 'Customer', 'text'), column('phone', 'Phone', 'text'), column('kind', 'Kind', 'text'), column('due_on', 'Due on', 'date'), amount('expected_value', 'At stake'), column('reason', 'Why now', 'text'), hidden('party_id'), hidden('call_id')],
      rows: tables['crm.follow_up'].filter((call) => call.state === 'planned').sort((left, right) => Number(right.expected_value) - Number(left.expected_value))
        .map((call) => ({ party: call.party.label, phone: '+1 503 555 0100', kind: call.kind, due_on: call.due_on, expected_value: call.expected_value, reason: call.reason, tier: 'Gold', stage: 'active', party_id: call.party.id, call_id: call.id })),
    }),
  };
}
