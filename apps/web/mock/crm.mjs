// Customer relations of the mock company: opportunities that move between the stages of a pipeline.
import { aside, choice, computed, entity, field, money, reference, states, text, transition } from './declare.mjs';
import { Refusal } from './refusal.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'crm.edit', ...more });

export const crmEntities = [
  entity('crm.stage', 'Stage', 'Stages', 'crm/stages', {
    menu: 'setup', display: 'name',
    fields: [field('position', 'Position', 'integer'), text('name', 'Name', { required: true }), field('probability', 'Probability', 'percent')],
  }),
  entity('crm.opportunity', 'Opportunity', 'Opportunities', 'crm/opportunities', {
    display: 'title', help: 'A sale that may come about.',
    fields: [
      choice('state', 'State', [['open', 'Open'], ['won', 'Won'], ['lost', 'Lost']], computed),
      text('title', 'Title', { required: true }),
      reference('party', 'Party', 'directory.party', { required: true }),
      text('owner', 'Owner'),
      reference('stage', 'Stage', 'crm.stage', computed),
      money('amount', 'Amount', { currency_field: null }),
      field('expected_close', 'Expected close', 'date'),
      choice('source', 'Source', [['fair', 'Fair'], ['web', 'Web'], ['recommendation', 'Recommendation']], aside),
      text('next_step', 'Next step', aside),
    ],
    workflow: {
      field: 'state',
      states: states(['open', 'Open', true], ['won', 'Won'], ['lost', 'Lost']),
      transitions: [
        own('move', 'Move to stage', ['open'], 'open', { input: [reference('stage', 'Stage', 'crm.stage', { required: true })] }),
        own('win', 'Win', ['open'], 'won', { input: [text('note', 'Note', { multiline: true })] }),
        own('lose', 'Lose', ['open'], 'lost', { destructive: true, input: [text('reason', 'Reason', { required: true })] }),
      ],
    },
  }),
];

export const crmPermissions = [['crm.read', 'Look at customer relations'], ['crm.edit', 'Follow opportunities']];

const opportunities = Number(process.env.MOCK_OPPORTUNITIES ?? 10_000);
const things = ['Spring fleet', 'City bikes', 'Replacement wheels', 'Service contract', 'Show room', 'Rental park', 'Dealer stock', 'E-bike trial'];
const owners = ['A. Wright', 'M. Hagemann', 'E. Kurjan'];

export function makeOpportunities({ tables, referenceTo, pick, random, day }) {
  ['Contacted', 'Needs known', 'Offered', 'Negotiated'].forEach((name, index) =>
    tables['crm.stage'].push({ id: index + 1, version: 1, position: index + 1, name, probability: String([10, 25, 50, 75][index]) }));
  const customers = tables['directory.party'].slice(0, 400);
  for (let id = 1; id <= opportunities; id += 1) {
    const state = id % 4 === 0 ? pick(['won', 'lost']) : 'open';
    tables['crm.opportunity'].push({
      id, version: 1, state, title: `${pick(things)} ${id}`, party: referenceTo('directory.party', pick(customers)), owner: pick(owners), stage: referenceTo('crm.stage', pick(tables['crm.stage'])),
      amount: `${100 * Math.floor(random() * 900)}.00`, expected_close: day(-Math.floor(random() * 200)), source: random() > 0.2 ? pick(['fair', 'web', 'recommendation']) : null, next_step: null,
    });
  }
}

/** Forward only with an amount to speak of. */
export function enterStage(row, stage, referenceTo) {
  if (stage.id > (row.stage?.id ?? 1) && Number(row.amount) === 0) throw new Refusal(409, 'crm.stage_lacks', `To enter ${stage.name} with ${row.title}, say what it may be worth.`);
  row.stage = referenceTo('crm.stage', stage);
}
