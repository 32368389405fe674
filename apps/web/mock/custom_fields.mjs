// Fields that an operator has added. After each change the books are opened anew: connections drop, and the catalogue has them.
import { dropFollowers } from './changes.mjs';
import { choice, entity, field, text } from './declare.mjs';

// What each kind is called, and the kind of field that it makes.
const kinds = [['text', 'Text', 'text'], ['integer', 'Integer', 'integer'], ['decimal', 'Decimal', 'quantity'], ['percent', 'Percent', 'percent'], ['amount', 'Amount', 'money'], ['date', 'Date', 'date'], ['yes_no', 'Yes or no', 'boolean'], ['choice', 'Choice', 'choice'], ['reference', 'Reference', 'reference']];
const kindNamed = (name) => kinds.find(([kind]) => kind === name)[2];

export const customFieldEntity = entity('fields.custom_field', 'Custom field', 'Custom fields', 'fields/custom_fields', {
  menu: 'setup', display: 'label', help: 'A field of your own in the records of a module.',
  fields: [
    text('entity', 'Entity', { required: true, help: 'Whose records get the field' }),
    text('name', 'Name', { required: true, help: 'For programs: small letters, digits and _' }),
    text('label', 'Label', { required: true }),
    choice('kind', 'Kind', kinds, { required: true, default: 'text' }),
    text('choices', 'Choices', { multiline: true, in_list: false, help: 'One to a line' }),
    text('refers_to', 'Refers to', { in_list: false }),
    field('required', 'Required', 'boolean', { default: false }),
  ],
});

const reopeningMs = 300;

/** Takes the custom fields into the entities they belong to, a moment after the command that changed one was answered. */
export function reopenBooks(entities, rows) {
  setTimeout(() => {
    for (const one of entities) one.fields = [...one.fields.filter((known) => !known.custom), ...rows.filter((row) => row.entity === one.name).map(fieldOf)];
    dropFollowers();
  }, reopeningMs);
}

function fieldOf({ name, label, kind, choices, refers_to, required }) {
  const pairs = (choices ?? '').split('\n').filter(Boolean).map((line) => ({ value: line.trim().toLowerCase().replaceAll(' ', '_'), label: line.trim() }));
  return { ...field(name, label, kindNamed(kind), { required: Boolean(required), choices: kind === 'choice' ? pairs : null, entity: kind === 'reference' ? refers_to : null }), custom: true };
}
