// Jobs that come back, deliveries and letters that wait: some well, some not, each in one of the ways an administrator meets.
import { attach, picture } from './attachments.mjs';
import { tables } from './company.mjs';

const at = (seconds) => new Date(Date.now() + seconds * 1_000).toISOString().replace('Z', '000Z');
const jobs = tables['jobs.job'];
const runMs = 1_500;
const periods = { 'every minute': 60, 'every 10 minutes': 600, 'every hour': 3_600 };
const me = { user: { name: 'ada' } };

const job = (name, title, rhythm, more) => jobs.push({
  id: jobs.length + 1, version: 1, name, title, rhythm, state: 'waiting', due_at: at(periods[rhythm] ?? 30_000), started_at: at(-40_002), finished_at: at(-40_000), owner: '', heartbeat_at: at(-40_001), progress: '',
  runs: 128, failures: 0, failed_in_a_row: 0, failed_at: null, last_failure: '', ...more,
});

/** What a job does when somebody has asked for it: it runs a while and is well. */
export function moved(entity, row, transition) {
  if (transition.name === 'retry') row.due_at = at(0);
  if (entity.name !== 'jobs.job' || transition.name === 'pause') return;
  row.due_at = at(0);
  setTimeout(() => begin(row), 300).unref();
}

function begin(row) {
  if (row.state !== 'waiting') return;
  Object.assign(row, { state: 'running', owner: 'books1 process 4711', started_at: at(0), heartbeat_at: at(0), progress: 'begins', due_at: at(periods[row.rhythm] ?? 86_400) });
  setTimeout(() => end(row), runMs).unref();
}

function end(row) {
  if (row.state === 'running') row.state = 'waiting';
  Object.assign(row, { owner: '', finished_at: at(0), progress: 'all done', runs: row.runs + 1, failed_in_a_row: 0 });
}

export const failing = () => jobs.filter((row) => row.failed_in_a_row > 0).map((row) => `${row.title}: ${row.last_failure}`);

function makeJobs() {
  job('jobs.verification', 'Prove the books', 'daily at 02:00 UTC', { progress: '24 checks are sound' });
  job('jobs.tidying', 'Remove keys and answers that are out of use', 'daily at 03:00 UTC', {});
  job('mail.delivery', 'Deliver e-mail', 'every minute', {
    due_at: at(190), started_at: at(-52), finished_at: at(-50), runs: 9_412, failures: 7, failed_in_a_row: 3, failed_at: at(-50),
    last_failure: 'To send e-mail, look after the mail server smtp.example.com: it does not answer on port 587.', progress: '1 of 2',
  });
  job('knowledge.reminders', 'Remind of articles to be reviewed', 'daily at 06:00 UTC', { state: 'running', owner: 'books1 process 4711', started_at: at(-140), heartbeat_at: at(-2), progress: '412 of 1,300 reminded' });
  job('ingestion.invoices', 'Read invoices that arrive', 'every 10 minutes', { state: 'running', owner: 'books2 process 933', started_at: at(-700), heartbeat_at: at(-210), failures: 2, progress: '3 of 8 read' });
  job('forecasting.demand', 'Forecast demand', 'daily at 04:30 UTC', { state: 'paused' });
  job('loyalty.points', 'Let points expire', 'every hour', { runs: 0, started_at: null, finished_at: null, heartbeat_at: null });
  setInterval(() => { jobs[3].heartbeat_at = at(0); }, 4_000).unref();
}

function makeDeliveries() {
  const delivery = (event, handler, more) => tables['jobs.delivery'].push({
    id: tables['jobs.delivery'].length + 1, version: 1, handler, event, payload: '{"order":1234}', company: 1, user_name: 'ada', created_at: at(-7_300), due_at: at(-7_300), attempts: 1, state: 'delivered', delivered_at: at(-7_299), last_error: '', ...more,
  });
  for (let index = 0; index < 20; index += 1) delivery('purchasing.order_approved', 'replenishment.forget_suggestion', {});
  delivery('purchasing.order_approved', 'edi.send_order', { attempts: 6, state: 'waiting', due_at: at(640), delivered_at: null, last_error: 'To send the order to Superior Bicycles, enter the address of their EDI gateway.' });
  delivery('sales.shipment_posted', 'loyalty.add_points', { attempts: 0, state: 'waiting', due_at: at(1), delivered_at: null });
  delivery('purchasing.invoice_posted', 'edi.confirm_invoice', { attempts: 17, state: 'given_up', delivered_at: null, last_error: 'The partner closed the connection.' });
}

function makeLetters() {
  const orders = tables['purchasing.order'];
  const letter = (order, more) => tables['mail.message'].push({
    id: tables['mail.message'].length + 1, version: 1, recipient: `office@party${order.supplier.id}.example`, recipient_name: order.supplier.label, subject: `Our order ${order.number}`,
    text: `Dear ${order.supplier.label},\n\nattached is our order ${order.number}. Please confirm it.\n\nDemo Manufacturing`, entity: 'purchasing.order', record: order.id, state: 'sent', queued_at: at(-9_000), due_at: at(-9_000), attempts: 1, sent_at: at(-8_990), last_failure: '', ...more,
  });
  letter(orders.at(-1), { state: 'waiting', sent_at: null, attempts: 3, due_at: at(190), last_failure: 'To send e-mail, look after the mail server smtp.example.com: it does not answer on port 587.' });
  letter(orders.at(-2), {});
  letter(orders.at(-3), { state: 'given_up', sent_at: null, attempts: 1, last_failure: 'To reach office@party3.example, ask for another address: the mail server knows nobody of that name.' });
}

function makeFiles(entities) {
  const orders = entities.find((entity) => entity.name === 'purchasing.order');
  const order = tables['purchasing.order'].at(-1);
  attach(orders, order, 'Order confirmation 4711.pdf', 'application/pdf', Buffer.from('%PDF-1.4\n% an order confirmation\n%%EOF\n'.repeat(400)), me);
  attach(orders, order, 'pallet.png', 'image/png', picture(320, 240), me);
}

export function beginWork(entities) {
  makeJobs();
  makeDeliveries();
  makeLetters();
  makeFiles(entities);
}
