import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, withRoles } from './world.mjs';

const steadyJob = 'Remove keys and answers that are out of use';

/** What whoever runs the server looks at: jobs, deliveries, letters, the state of it all. */
export function operation(world) {
  const jobNamed = async (title) => (await world.get('/api/jobs/jobs?limit=200')).rows.find((job) => job.title === title);
  const item = (page, title) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) });
  const moved = (id, name) => world.fetch(`/api/jobs/jobs/${id}/${name}`, { method: 'POST', headers: { 'Idempotency-Key': crypto.randomUUID(), 'If-Match': '*' } });
  const openJobs = async () => {
    const page = await openPage(world, '/jobs');
    await item(page, steadyJob).waitFor();
    return page;
  };

  test('jobs: each says when it is due next and how it went last, and leads to its record', async () => {
    const page = await openJobs();
    const { id, rhythm } = await jobNamed(steadyJob);
    const text = await item(page, steadyJob).innerText();
    assert.ok(text.includes(rhythm));
    assert.match(text, /Next\s+in \d+ \w+ \d{4}-\d\d-\d\d \d\d:\d\d/);
    assert.match(text, /Last\s+(Went well .* ago|Has not run yet)/);
    await page.getByRole('link', { name: steadyJob }).click();
    await page.waitForURL(new RegExp(`/jobs/jobs/${id}$`));
    await page.finish();
  });

  test('jobs: one that is asked to run now runs, and the page shows it by itself', async () => {
    const page = await openJobs();
    const { runs } = await jobNamed(steadyJob);
    await page.getByRole('button', { name: `Run now: ${steadyJob}` }).click();
    await item(page, steadyJob).getByText(`${runs + 1} run`, { exact: false }).waitFor({ timeout: 20_000 });
    await item(page, steadyJob).getByText(/^Went well (just now|\d+ s ago)/).waitFor();
    await page.finish();
  });

  test('jobs: one is paused and goes on, here and by somebody else', async () => {
    const page = await openJobs();
    const { id } = await jobNamed(steadyJob);
    await page.getByRole('button', { name: `Pause: ${steadyJob}` }).click();
    await item(page, steadyJob).getByText('Not before it is resumed').waitFor();
    assert.equal((await jobNamed(steadyJob)).state, 'paused');
    await page.getByRole('button', { name: `Resume: ${steadyJob}` }).click();
    await page.getByRole('button', { name: `Pause: ${steadyJob}` }).waitFor();
    await moved(id, 'pause');
    await page.getByRole('button', { name: `Resume: ${steadyJob}` }).waitFor({ timeout: 10_000 });
    await moved(id, 'resume');
    await page.getByRole('button', { name: `Pause: ${steadyJob}` }).waitFor({ timeout: 10_000 });
    await page.finish();
  });

  test('jobs: what is refused is said at the job', async () => {
    const page = await openJobs();
    await page.route('**/api/jobs/jobs/*/run', (route) => route.fulfill({
      status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, code: 'kernel.wrong_state', detail: 'To run it, wait until it has ended: it is running.' }),
    }));
    await page.getByRole('button', { name: `Run now: ${steadyJob}` }).click();
    await item(page, steadyJob).getByRole('alert').filter({ hasText: 'wait until it has ended' }).waitFor();
    await page.finish();
  });

  test('jobs: one that fails comes first and says how often and why; an owner that is silent is told apart', async () => {
    const ago = (seconds) => new Date(Date.now() - seconds * 1_000).toISOString();
    const job = (id, title, more) => ({
      id, version: 1, title, rhythm: 'every minute', state: 'waiting', due_at: ago(-90), started_at: ago(70), finished_at: ago(60), owner: '', heartbeat_at: ago(61), progress: '', runs: 9, failures: 3, failed_in_a_row: 0, failed_at: null, last_failure: '', ...more,
    });
    const rows = [
      job(1, 'A quiet one', {}), job(2, 'Silent', { state: 'running', owner: 'books2 process 933', heartbeat_at: ago(240), progress: '3 of 8' }),
      job(3, 'Troubled', { failed_in_a_row: 3, failed_at: ago(60), last_failure: 'To send letters, look after the mail server.' }),
    ];
    const page = await openPage(world, '/');
    await page.route('**/api/jobs/jobs?**', (route) => route.fulfill({ json: { rows, total: 3, limit: 200, offset: 0 } }));
    await page.goto(`${world.base}/jobs`);
    await page.getByRole('status').filter({ hasText: '1 job fails' }).waitFor();
    const items = page.locator('.work-item');
    assert.match(await items.first().innerText(), /Troubled[^]*Failed 3 times in a row, last (6\d s|1 min) ago[^]*To send letters, look after the mail server\./);
    assert.match(await item(page, 'Silent').innerText(), /3 of 8[^]*on books2 process 933, last sign of life 4 min ago/);
    assert.equal(await item(page, 'Silent').locator('.toned[data-tone=bad]').count(), 1);
    await page.finish();
  });

  test('jobs: an event that is not delivered is tried again, or given up after a question', async (context) => {
    const page = await openJobs();
    const { rows } = await world.get('/api/jobs/deliveries?state=waiting&sort=-attempts&limit=1');
    if (rows.length === 0 || rows[0].attempts === 0) {
      await page.getByText('Every event has reached its handlers.').waitFor();
      return context.skip('every event is delivered');
    }
    const own = page.getByRole('listitem').filter({ hasText: rows[0].last_error });
    const stateOf = async () => (await world.get(`/api/jobs/deliveries/${rows[0].id}`)).state;
    await own.getByRole('button', { name: /^Give up/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It is not delivered, unless it is tried again').waitFor();
    await dialog.getByRole('button', { name: 'Give up', exact: true }).click();
    await own.getByText('Not before somebody tries again').waitFor();
    assert.equal(await stateOf(), 'given_up');
    await own.getByRole('button', { name: /^Try again now/ }).click();
    await own.getByRole('button', { name: /^Give up/ }).waitFor();
    assert.equal(await stateOf(), 'waiting');
    return page.finish();
  });

  test('jobs: the page and its place in the navigation are for whoever may manage jobs', async () => {
    const { cookie } = await withRoles(world, ['Reader']);
    const page = await openPage(world, '/jobs', { cookie });
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Jobs' }).count(), 0);
    await page.finish();
    const mine = await openJobs();
    const places = mine.getByRole('navigation').getByRole('link', { name: /^(Audit trail|E-mails|Jobs|System)$/ });
    assert.deepEqual(await places.allInnerTexts(), ['Audit trail', 'E-mails', 'Jobs', 'System']);
    await mine.finish();
  });

  test('e-mail: letters stand in a list, and each leads to the record that it is about', async (context) => {
    const page = await openPage(world, '/jobs');
    await page.getByRole('navigation').getByRole('link', { name: 'E-mails' }).click();
    await page.getByRole('grid', { name: 'E-mails' }).waitFor();
    const { rows } = await world.get('/api/mail/messages?limit=1');
    if (rows.length === 0) return context.skip('no letter was written');
    await rowsOf(page).first().getByRole('link').click();
    const letter = await world.get(`/api/mail/messages/${rows[0].id}`);
    const about = world.entity(letter.entity);
    await page.locator('.facts', { hasText: about.title }).getByRole('link').click();
    await page.waitForURL(new RegExp(`/${about.path}/${letter.record}$`));
    return page.finish();
  });

  test('system: a job that fails is trouble, said by its sentence', async () => {
    const page = await openPage(world, '/');
    await page.route('**/readyz', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), jobs: { failing: ['Prove the books: To have sound books, look into 1 of 24 checks.'] } } });
    });
    await page.goto(`${world.base}/system`);
    const trouble = page.getByRole('region', { name: 'Jobs that fail' });
    await trouble.getByText('Prove the books: To have sound books, look into 1 of 24 checks.').waitFor();
    await page.getByRole('status').filter({ hasText: /not with all jobs/ }).waitFor();
    await trouble.getByRole('link', { name: 'All jobs' }).click();
    await page.waitForURL(/\/jobs$/);
    await page.finish();
  });
}
