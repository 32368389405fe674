// What the core itself keeps and an administrator looks at: jobs, deliveries, letters, files.
import { aside, choice, computed, entity, field, states, text, transition } from './declare.mjs';

const instant = (name, label, more = {}) => field(name, label, 'instant', { ...computed, ...more });
const count = (name, label, more = {}) => field(name, label, 'integer', { ...computed, ...more });
const move = (permission) => (name, label, from, to, more = {}) => transition(name, label, from, to, { permission, destructive: false, ...more });
const ofJobs = move('jobs.manage');
const ofMail = move('mail.manage');
const madeByCommands = { menu: 'setup', creatable: false, editable: false };

export const administered = [
  entity('attachments.attachment', 'Attachment', 'Attachments', 'attachments/attachments', {
    ...madeByCommands, display: 'name', help: 'A file that belongs to a record. It is seen and added on the page of the record.',
    fields: [
      text('entity', 'Entity', { ...computed, searchable: false }), count('record', 'Record'), text('name', 'Name', computed), text('media_type', 'Media type', { ...computed, searchable: false }), count('size', 'Size'),
      text('sha256', 'Sha256', { ...computed, searchable: false }), instant('added_at', 'Added at'), text('added_by', 'Added by', { ...computed, searchable: false }),
      choice('state', 'State', [['kept', 'Kept'], ['removed', 'Removed'], ['erased', 'Erased']], computed),
    ],
  }),
  entity('jobs.job', 'Job', 'Jobs', 'jobs/jobs', {
    ...madeByCommands, display: 'title', help: 'Work that comes back by itself. A job that fails is tried again; its owner is the server that has it now.',
    fields: [
      text('name', 'Name', computed), text('title', 'Title', computed), text('rhythm', 'Rhythm', computed),
      choice('state', 'State', [['waiting', 'Waiting'], ['running', 'Running'], ['paused', 'Paused']], computed),
      instant('due_at', 'Due at'), instant('started_at', 'Started at'), instant('finished_at', 'Finished at'), text('owner', 'Owner', computed), instant('heartbeat_at', 'Heartbeat at'), text('progress', 'Progress', computed),
      count('runs', 'Runs'), count('failures', 'Failures'), count('failed_in_a_row', 'Failed in a row'), instant('failed_at', 'Failed at'), text('last_failure', 'Last failure', computed),
    ],
    workflow: {
      field: 'state',
      states: states(['waiting', 'Waiting'], ['running', 'Running'], ['paused', 'Paused']),
      transitions: [
        ofJobs('run', 'Run now', ['waiting'], 'waiting'),
        ofJobs('pause', 'Pause', ['waiting', 'running'], 'paused', { help: 'What runs goes on to its end; then it rests until it is resumed' }),
        ofJobs('resume', 'Resume', ['paused'], 'waiting'),
      ],
    },
  }),
  entity('jobs.delivery', 'Delivery of an event', 'Deliveries of events', 'jobs/deliveries', {
    ...madeByCommands, display: 'event', help: 'An event for the handler of a module, delivered after the commit and tried until it succeeds.',
    fields: [
      text('handler', 'Handler', computed), text('event', 'Event', computed), text('payload', 'Payload', { ...computed, multiline: true }), count('company', 'Company'), text('user_name', 'User name', computed),
      instant('created_at', 'Created at'), instant('due_at', 'Due at'), count('attempts', 'Attempts'),
      choice('state', 'State', [['waiting', 'Waiting'], ['delivered', 'Delivered'], ['given_up', 'Given up']], computed), instant('delivered_at', 'Delivered at'), text('last_error', 'Last error', computed),
    ],
    workflow: {
      field: 'state',
      states: states(['waiting', 'Waiting'], ['delivered', 'Delivered'], ['given_up', 'Given up']),
      transitions: [
        ofJobs('retry', 'Try again now', ['waiting', 'given_up'], 'waiting'),
        ofJobs('give_up', 'Give up', ['waiting'], 'given_up', { destructive: true, help: 'It is not delivered, unless it is tried again' }),
      ],
    },
  }),
  entity('mail.message', 'E-mail', 'E-mails', 'mail/messages', {
    ...madeByCommands, display: 'subject', help: 'A letter that goes out, or has. It waits here until the mail server has taken it.',
    fields: [
      text('recipient', 'Recipient', computed), text('recipient_name', 'Recipient name', computed), text('subject', 'Subject', computed), text('text', 'Text', { ...computed, multiline: true, in_list: false }),
      text('entity', 'Entity', { ...computed, ...aside }), count('record', 'Record', aside),
      choice('state', 'State', [['waiting', 'Waiting'], ['sent', 'Sent'], ['given_up', 'Given up']], computed),
      instant('queued_at', 'Queued at'), instant('due_at', 'Due at'), count('attempts', 'Attempts'), instant('sent_at', 'Sent at'), text('last_failure', 'Last failure', computed),
    ],
    workflow: {
      field: 'state',
      states: states(['waiting', 'Waiting'], ['sent', 'Sent'], ['given_up', 'Given up']),
      transitions: [
        ofMail('retry', 'Try again now', ['waiting', 'given_up'], 'waiting'),
        ofMail('give_up', 'Give up', ['waiting'], 'given_up', { destructive: true }),
      ],
    },
  }),
];
