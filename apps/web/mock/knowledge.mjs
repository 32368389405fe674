// Knowledge of the mock company: assets with their revisions and readings, topics, guides, questions.
import { knowledgePeople } from './knowledge_people.mjs';
import { aside, choice, computed, entity, field, reference, states, text, transition } from './declare.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'knowledge.edit', ...more });
const lines = (name, label, of) => field(name, label, 'lines', { entity: of, in_list: false, sortable: false, filterable: false });
const line = (name, title, fields) => entity(name, title, `${title}s`, `knowledge/${name.split('.')[1]}s`, { menu: 'hidden', display: fields[0].name, fields });
const whole = (name, label, more) => field(name, label, 'integer', { in_list: false, ...more });

const kinds = [['article', 'Article'], ['how_to', 'How-to'], ['lesson', 'Lesson'], ['story', 'Story'], ['decision', 'Decision'], ['question', 'Question'], ['guide', 'Guide'], ['document', 'Document']];
const relations = [['about', 'About'], ['evidence', 'Evidence'], ['changes', 'Changes'], ['contradicted_by', 'Contradicted by'], ['replaced_by', 'Replaced by']];
const all = ['draft', 'in_review', 'verified', 'needs_review', 'retired'];
const living = all.filter((state) => state !== 'retired');
const reason = text('reason', 'Reason', { required: true, multiline: true });

export const knowledgeEntities = [
  entity('directory.employee', 'Employee', 'Employees', 'directory/employees', {
    menu: 'master_data', display: 'name', fields: [text('name', 'Name', { required: true }), text('job_title', 'Job title'), text('department', 'Department'), text('email', 'E-mail'), field('leaves_on', 'Leaves on', 'date', aside), field('active', 'Active', 'boolean', { default: true })],
  }),
  line('knowledge.topic_subject', 'What a topic stands for', [text('entity', 'Entity', { required: true }), field('record', 'Record', 'integer', { required: true })]),
  entity('knowledge.topic', 'Topic', 'Topics', 'knowledge/topics', {
    menu: 'master_data', display: 'name', help: 'What knowledge is about.',
    fields: [
      text('name', 'Name', { required: true }), reference('parent', 'Parent', 'knowledge.topic'), reference('lead', 'Lead', 'directory.employee'),
      text('description', 'Description', { multiline: true }), field('active', 'Active', 'boolean', { default: true }), lines('subjects', 'Subjects', 'knowledge.topic_subject'),
    ],
  }),
  line('knowledge.asset_topic', 'Topic of an asset', [reference('topic', 'Topic', 'knowledge.topic', { required: true }), reference('document', 'Document', 'knowledge.asset', computed)]),
  line('knowledge.asset_link', 'Link of an asset', [
    text('entity', 'Entity', { required: true }), field('record', 'Record', 'integer', { required: true }), choice('relation', 'Relation', relations, { default: 'about' }),
    text('note', 'Note'), field('effective_from', 'Effective from', 'date'), reference('document', 'Document', 'knowledge.asset', computed),
  ]),
  entity('knowledge.asset', 'Knowledge asset', 'Knowledge assets', 'knowledge/assets', {
    display: 'title', help: 'A piece of knowledge that is kept: an article, a lesson, a decision.',
    files: [{ name: 'markdown', title: 'As Markdown', media_type: 'text/markdown' }],
    fields: [
      text('number', 'Number', computed), choice('kind', 'Kind', kinds, { default: 'article' }), text('title', 'Title', { required: true }), text('summary', 'Summary', aside),
      text('body', 'Body', { multiline: true, in_list: false, help: 'Markdown' }), text('language', 'Language', { default: 'en', in_list: false }),
      choice('audience', 'Audience', [['private', 'Private'], ['internal', 'Internal'], ['public', 'Public']], { default: 'internal' }),
      choice('state', 'State', [['draft', 'Draft'], ['in_review', 'In review'], ['verified', 'Verified'], ['needs_review', 'Needs review'], ['retired', 'Retired']], computed),
      text('author', 'Author', { ...computed, ...aside }), reference('owner', 'Owner', 'directory.employee'), reference('verifier', 'Verifier', 'directory.employee', computed),
      whole('revision', 'Revision', computed), whole('review_every_days', 'Review every days', { default: '180' }), field('verified_on', 'Verified on', 'date', computed), field('review_on', 'Review on', 'date', computed),
      choice('confidence', 'Confidence', [['low', 'Low'], ['medium', 'Medium'], ['high', 'High']], computed), field('best_practice', 'Best practice', 'boolean', { ...aside, default: false }),
      text('objective', 'Objective', aside), whole('minutes_saved', 'Minutes saved', computed), text('outcome', 'Outcome', { ...aside, multiline: true }), field('outcome_on', 'Outcome on', 'date', aside),
      text('address', 'Address', aside), whole('standing', 'Standing', computed), lines('topics', 'Topics', 'knowledge.asset_topic'), lines('links', 'Links', 'knowledge.asset_link'),
    ],
    workflow: {
      field: 'state',
      states: states(['draft', 'Draft', true], ['in_review', 'In review', true], ['verified', 'Verified', true], ['needs_review', 'Needs review', true], ['retired', 'Retired']),
      transitions: [
        own('submit', 'Submit', ['draft'], 'in_review', { help: 'Asks for it to be checked.' }),
        own('verify', 'Verify', ['in_review', 'needs_review'], 'verified', { permission: 'knowledge.verify', input: [choice('confidence', 'Confidence', [['low', 'Low'], ['medium', 'Medium'], ['high', 'High']])] }),
        own('send_back', 'Send back', ['in_review'], 'draft', { permission: 'knowledge.verify', input: [reason] }),
        own('object', 'Object', living.slice(1), 'needs_review', { input: [text('text', 'What is wrong', { required: true, multiline: true })] }),
        own('publish', 'Publish', living, null, { permission: 'knowledge.publish', input: [choice('audience', 'Audience', [['internal', 'Internal'], ['public', 'Public']], { required: true })] }),
        own('read', 'Read and understood', living, null), own('answer_quiz', 'Answer quiz', living, null, { input: [text('answers', 'Answers', { required: true })] }), own('use', 'Used', living, null, { input: [choice('helpful', 'Helpful', [['yes', 'Yes'], ['no', 'No'], ['unsaid', 'Unsaid']]), field('minutes_saved', 'Minutes saved', 'integer'), text('comment', 'Comment'), text('entity', 'Entity'), field('record', 'Record', 'integer')] }),
        own('restore', 'Restore', living, null, { input: [field('revision', 'Revision', 'integer', { required: true })] }),
        own('retire', 'Retire', living, 'retired', { permission: 'knowledge.verify', destructive: true, input: [reason, reference('replaced_by', 'Replaced by', 'knowledge.asset')] }),
        own('merge_into', 'Merge into', living, 'retired', { permission: 'knowledge.manage', destructive: true, input: [reference('target', 'Target', 'knowledge.asset', { required: true })] }),
        own('revive', 'Revive', ['retired'], 'draft', { permission: 'knowledge.verify' }),
      ],
    },
  }),
  entity('knowledge.revision', 'Revision', 'Revisions', 'knowledge/revisions', {
    menu: 'hidden', display: 'number', creatable: false, editable: false,
    fields: [
      reference('asset', 'Asset', 'knowledge.asset', computed), field('number', 'Number', 'integer', computed), text('title', 'Title', computed), text('body', 'Body', { ...computed, ...aside, multiline: true }),
      text('changed_by', 'Changed by', computed), field('changed_at', 'Changed at', 'instant', computed), text('why', 'Why', computed),
    ],
  }),
  entity('knowledge.reading', 'Reading', 'Readings', 'knowledge/readings', {
    menu: 'hidden', display: 'reader', creatable: false, editable: false,
    fields: [
      reference('asset', 'Asset', 'knowledge.asset', computed), field('revision', 'Revision', 'integer', computed), text('reader', 'Reader', computed), field('read_at', 'Read at', 'instant', computed),
      field('understood', 'Understood', 'boolean', computed), field('score', 'Score', 'integer', computed),
    ],
  }),
  entity('knowledge.preparation', 'Preparation', 'Preparations', 'knowledge/preparations', {
    menu: 'hidden', display: 'lesson', editable: false, fields: [text('entity', 'Entity', { required: true }), field('record', 'Record', 'integer', { required: true }), reference('lesson', 'Lesson', 'knowledge.asset', { required: true }), text('prepared_by', 'Prepared by', computed)],
  }),
  entity('knowledge.guide', 'Guide', 'Guides', 'knowledge/guides', {
    menu: 'master_data', display: 'name', help: 'Questions that lead to what is to be done.',
    fields: [
      text('name', 'Name', { required: true }), reference('topic', 'Topic', 'knowledge.topic'), reference('asset', 'Asset', 'knowledge.asset'), text('help', 'Help', { multiline: true, help: 'When it is walked' }),
      field('active', 'Active', 'boolean', { default: true }),
    ],
  }),
  line('knowledge.guide_step', 'Step of a guide', [
    text('code', 'Code', { required: true }), choice('kind', 'Kind', [['question', 'Question'], ['article', 'Article'], ['remedy', 'Remedy'], ['new_record', 'New record']], { default: 'question' }), text('text', 'Text', { required: true }),
    reference('asset', 'Asset', 'knowledge.asset'), text('entity', 'Entity'),
  ]),
  line('knowledge.guide_answer', 'Answer of a guide', [text('step', 'Step', { required: true }), text('text', 'Text', { required: true }), text('next_step', 'Next step', { required: true })]),
  entity('knowledge.guide_version', 'Version of a guide', 'Versions of guides', 'knowledge/guide_versions', {
    display: 'name',
    fields: [
      reference('guide', 'Guide', 'knowledge.guide', { required: true }), field('version_number', 'Version number', 'integer', computed), text('name', 'Name', computed),
      choice('state', 'State', [['draft', 'Draft'], ['in_use', 'In use'], ['retired', 'Retired']], computed), field('valid_from', 'Valid from', 'date', computed), field('valid_to', 'Valid to', 'date', computed),
      text('note', 'Note', { multiline: true }), lines('steps', 'Steps', 'knowledge.guide_step'), lines('answers', 'Answers', 'knowledge.guide_answer'),
    ],
    workflow: {
      field: 'state', states: states(['draft', 'Draft', true], ['in_use', 'In use'], ['retired', 'Retired']),
      transitions: [own('publish', 'Publish', ['draft'], 'in_use', { input: [field('valid_from', 'Valid from', 'date')] }), own('revise', 'Revise', ['in_use'], 'in_use'), own('retire', 'Retire', ['in_use'], 'retired', { destructive: true })],
    },
  }),
  line('knowledge.walk_answer', 'Answer given on a walk', [text('step', 'Step', computed), text('question', 'Question', computed), text('answer', 'Answer', computed)]),
  entity('knowledge.walk', 'Walk through a guide', 'Walks through guides', 'knowledge/walks', {
    display: 'guide',
    fields: [
      reference('guide', 'Guide', 'knowledge.guide', { required: true }), text('entity', 'Entity'), field('record', 'Record', 'integer'), text('walked_by', 'Walked by', computed),
      choice('state', 'State', [['walking', 'Walking'], ['arrived', 'Arrived'], ['finished', 'Finished'], ['left', 'Left']], computed), text('step', 'Step', computed),
      choice('solved', 'Solved', [['unknown', 'Unknown'], ['yes', 'Yes'], ['no', 'No']], computed), text('note', 'Note', { ...computed, multiline: true }), lines('answers', 'Answers', 'knowledge.walk_answer'),
    ],
    workflow: {
      field: 'state', states: states(['walking', 'Walking', true], ['arrived', 'Arrived'], ['finished', 'Finished'], ['left', 'Left']),
      transitions: [
        own('answer', 'Answer', ['walking'], null, { input: [text('answer', 'Answer', { required: true })] }), own('back', 'Back', ['walking', 'arrived'], null),
        own('finish', 'Finish', ['arrived'], 'finished', { input: [choice('solved', 'Solved', [['unknown', 'Unknown'], ['yes', 'Yes'], ['no', 'No']]), text('note', 'Note', { multiline: true })] }),
        own('settle', 'Say whether it helped', ['finished'], 'finished', { input: [choice('solved', 'Solved', [['unknown', 'Unknown'], ['yes', 'Yes'], ['no', 'No']]), text('note', 'Note', { multiline: true })] }),
        own('leave', 'Leave', ['walking', 'arrived'], 'left', { destructive: true, input: [reason] }),
      ],
    },
  }),
  entity('knowledge.template', 'Template', 'Templates', 'knowledge/templates', {
    menu: 'setup', display: 'kind',
    fields: [choice('kind', 'Kind', kinds, { required: true }), text('language', 'Language', { default: 'en' }), text('body', 'Body', { multiline: true, in_list: false }), text('required_headings', 'Required headings', { multiline: true, in_list: false }), field('active', 'Active', 'boolean', { default: true })],
  }),
  entity('knowledge.objection', 'Objection', 'Objections', 'knowledge/objections', {
    creatable: false, editable: false, display: 'text', menu: 'hidden',
    fields: [
      reference('asset', 'Asset', 'knowledge.asset', computed), text('text', 'Text', computed), text('objected_by', 'Objected by', computed), field('objected_at', 'Objected at', 'instant', computed),
      choice('state', 'State', [['open', 'Open'], ['settled', 'Settled']], computed),
    ],
  }),
  entity('knowledge.question', 'Question', 'Questions', 'knowledge/questions', {
    display: 'text',
    fields: [
      text('text', 'Question', { required: true, multiline: true }), reference('topic', 'Topic', 'knowledge.topic', { required: true }), text('language', 'Language', aside), reference('expert', 'Asked of', 'directory.employee', computed), reference('asker', 'Asker', 'directory.employee'),
      text('answer', 'Answer', { ...computed, multiline: true }), field('due_on', 'Due on', 'date', computed),
      choice('state', 'State', [['asked', 'Asked'], ['answered', 'Answered'], ['accepted', 'Accepted']], computed),
    ],
    workflow: {
      field: 'state', states: states(['asked', 'Asked', true], ['answered', 'Answered'], ['accepted', 'Accepted']),
      transitions: [own('answer', 'Answer', ['asked'], 'answered', { input: [text('answer', 'Answer', { required: true, multiline: true })] }), own('accept', 'Accept', ['answered'], 'accepted'), own('pass_on', 'Pass on', ['asked'], 'asked', { input: [reason] })],
    },
  }),
  ...knowledgePeople,
];

export const searchEntities = [
  entity('search.miss', 'Search without result', 'Searches without result', 'search/misses', {
    display: 'text', menu: 'setup', creatable: false, editable: false,
    fields: [
      text('text', 'Text', computed), field('times', 'Times', 'integer', computed), field('last_at', 'Last at', 'instant', computed), text('last_by', 'Last by', computed),
      choice('state', 'State', [['open', 'Open'], ['answered', 'Answered'], ['dismissed', 'Dismissed']], computed), text('answer', 'Answer', computed),
    ],
    workflow: {
      field: 'state', states: states(['open', 'Open'], ['answered', 'Answered'], ['dismissed', 'Dismissed']),
      transitions: [own('answer', 'Answered', ['open'], 'answered', { permission: 'search.manage', input: [text('answer', 'What was done about it', { required: true })] }), own('dismiss', 'Dismiss', ['open'], 'dismissed', { permission: 'search.manage' })],
    },
  }),
];

export const knowledgePermissions = [
  ['knowledge.read', 'Read knowledge'], ['knowledge.edit', 'Write knowledge'], ['knowledge.verify', 'Verify what others have written, return and retire it'], ['knowledge.publish', 'Show knowledge to customers'],
  ['knowledge.manage', 'Set up knowledge: topics, templates, guides, paths'], ['search.read', 'Look at searches without result'], ['search.manage', 'Answer searches without result'],
];

const ofRecord = [text('entity', 'Entity', { required: true }), field('record', 'Record', 'integer', { required: true })];

export const knowledgeReports = [
  { name: 'knowledge.assets_about', title: 'Knowledge about a record', module: 'knowledge', help: 'Assets that are linked to a record, or match it.', parameters: ofRecord },
  { name: 'knowledge.lessons_for', title: 'Lessons for a record', module: 'knowledge', help: 'Lessons of the most similar past records.', parameters: ofRecord },
  { name: 'knowledge.experts', title: 'Who knows', module: 'knowledge', help: 'By what they have done, not by what they say. The best to ask comes first.', parameters: [reference('topic', 'Topic', 'knowledge.topic', { required: true }), text('language', 'Language'), field('on', 'On', 'date', { default: '2026-11-22' })] },
  { name: 'knowledge.at_risk', title: 'Knowledge at risk', module: 'knowledge', help: 'How many people hold each topic, and what depends on it.', parameters: [field('on', 'On', 'date', { default: '2026-11-22' }), field('held_from', 'Held from', 'integer')] },
];
