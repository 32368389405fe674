// Two parties that are the same become one: what merging them would do.
import { choice, computed, entity, field, reference, states, text, transition } from './declare.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'crm.merge', destructive: true, ...more });
const sides = [['kept', 'Kept'], ['dropped', 'Dropped']];

export const mergeEntities = [
  entity('crm.merge_choice', 'Merge choice', 'Merge choices', 'crm/merge_choices', { menu: 'hidden', display: 'field', fields: [text('field', 'Field', { required: true }), choice('take', 'Take', sides, { default: 'kept' })] }),
  entity('crm.merge', 'Merge of parties', 'Merges of parties', 'crm/merges', {
    display: 'survivor', help: 'Makes one party of two that are the same; look at the preview first, it cannot be undone',
    fields: [
      choice('state', 'State', [['draft', 'Draft'], ['merged', 'Merged'], ['cancelled', 'Cancelled']], computed), reference('survivor', 'Survivor', 'directory.party', { required: true }), reference('duplicate', 'Duplicate', 'directory.party', { required: true }),
      text('reason', 'Reason'), field('merged_on', 'Merged on', 'date', computed), field('choices', 'Choices', 'lines', { entity: 'crm.merge_choice', in_list: false }),
    ],
    workflow: { field: 'state', states: states(['draft', 'Draft', true], ['merged', 'Merged'], ['cancelled', 'Cancelled']), transitions: [own('merge', 'Merge', ['draft'], 'merged'), own('cancel', 'Cancel', ['draft'], 'cancelled')] },
  }),
];

const bare = (value) => (value !== null && typeof value === 'object' ? value.id : value ?? null);

export const mergeViews = ({ tables, entities }) => ({
  'crm.merge preview'(row) {
    const of = ({ id }) => tables['directory.party'].find((one) => one.id === id);
    const [kept, dropped] = [of(row.survivor), of(row.duplicate)];
    const fields = entities.find(({ name }) => name === 'directory.party').fields.filter(({ name }) => name !== 'number' && name !== 'active' && bare(kept[name]) !== bare(dropped[name]));
    const taken = ({ name }) => row.choices.find((one) => one.field === name)?.take ?? (bare(kept[name]) === null ? 'dropped' : 'kept');
    const moved = tables['purchasing.order'].filter(({ supplier }) => supplier.id === dropped.id).length;
    return {
      survivor: row.survivor, duplicate: row.duplicate, obstacles: [],
      fields: fields.map((one) => ({ field: one.name, label: one.label, kept: bare(kept[one.name]), dropped: bare(dropped[one.name]), take: taken(one) })),
      records: moved > 0 ? [{ entity: 'purchasing.order', title: 'Purchase orders', field: 'supplier', moved, stays: 0 }] : [],
    };
  },
});
