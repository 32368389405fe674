import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPage, withRoles } from './world.mjs';

/** The files that belong to a record: added, looked at, refused, removed. */
export function attachments(world) {
  const parties = () => world.entity('directory.party');
  const orders = () => world.entity('purchasing.order');
  const listOf = async (entity, id) => (await world.get(`/api/${entity.path}/${id}/attachments`)).rows;
  let made = 0;
  const fresh = (name, type = 'text/plain') => {
    made += 1;
    return { name, mimeType: type, buffer: Buffer.from(`${name}, the ${made}th of ${Date.now()}`) };
  };
  const attachedByOther = async (entity, id, { name, mimeType, buffer }) => {
    const response = await world.fetch(`/api/${entity.path}/${id}/attachments?name=${encodeURIComponent(name)}`, {
      method: 'POST', headers: { 'Content-Type': mimeType, 'Idempotency-Key': crypto.randomUUID() }, body: buffer,
    });
    assert.equal(response.status, 201);
    return response.json();
  };
  const panel = (page) => page.getByRole('region', { name: 'Attachments' });
  const openParty = async (id) => {
    const page = await openPage(world, `/${parties().path}/${id}`);
    await panel(page).waitFor();
    return page;
  };
  const choose = (page, files) => panel(page).locator('input[type=file]').setInputFiles(files);
  const named = (page, name) => panel(page).getByRole('link', { name, exact: true });
  const held = (page, { name, mimeType, buffer }) =>
    page.evaluateHandle(([title, type, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], title, { type }));
      return transfer;
    }, [name, mimeType, buffer.toString()]);

  test('attachments: files that are chosen are attached with name, size and who, and come back as they were', async () => {
    const page = await openParty(3);
    const bill = fresh('the bill, März.pdf', 'application/pdf');
    await choose(page, [bill, fresh('terms.txt')]);
    await named(page, bill.name).waitFor();
    await named(page, 'terms.txt').waitFor();
    const row = panel(page).getByRole('listitem').filter({ hasText: bill.name });
    assert.match(await row.innerText(), new RegExp(`${bill.buffer.length} B · \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d · administrator`));
    const coming = page.waitForEvent('download');
    await named(page, bill.name).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), bill.name);
    assert.deepEqual(await readFile(await download.path()), bill.buffer);
    await page.locator('.history').getByText(bill.name).waitFor();
    await page.finish();
  });

  test('attachments: a picture has a preview, and is looked at in a window of its own', async () => {
    const page = await openParty(5);
    const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await choose(page, [{ name: 'dot.png', mimeType: 'image/png', buffer: dot }]);
    await named(page, 'dot.png').waitFor();
    await page.waitForFunction(() => document.querySelector('.attachments img')?.naturalWidth === 1);
    const opening = page.context().waitForEvent('page');
    await named(page, 'dot.png').click();
    const shown = await opening;
    await shown.waitForLoadState();
    assert.match(shown.url(), /\/attachments\/\d+$/);
    await page.finish();
  });

  test('attachments: files that are dropped anywhere on the page are attached', async () => {
    const page = await openParty(6);
    const transfer = await held(page, fresh('dropped.txt'));
    await page.dispatchEvent('.page-head h1', 'dragover', { dataTransfer: transfer });
    await page.getByText('Drop to attach').waitFor();
    await page.dispatchEvent('.page-head h1', 'drop', { dataTransfer: transfer });
    await named(page, 'dropped.txt').waitFor();
    assert.equal(await page.getByText('Drop to attach').count(), 0);
    await page.finish();
  });

  test('attachments: of several files each is refused for itself, and the others are attached', async () => {
    const page = await openParty(7);
    const first = fresh('first.txt');
    await choose(page, [first]);
    await named(page, 'first.txt').waitFor();
    await choose(page, [{ ...first, name: 'again.txt' }, { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }, fresh('second.txt')]);
    await named(page, 'second.txt').waitFor();
    await page.getByRole('alert').filter({ hasText: 'this one is attached already, as first.txt' }).waitFor();
    await page.getByRole('alert').filter({ hasText: 'To attach nothing.txt, choose a file with something in it' }).waitFor();
    await page.getByRole('button', { name: 'Put again.txt aside' }).click();
    await page.getByRole('button', { name: 'Put nothing.txt aside' }).click();
    assert.equal(await page.getByRole('list', { name: 'Files being attached' }).count(), 0);
    assert.deepEqual((await listOf(parties(), 7)).map(({ name }) => name), ['first.txt', 'second.txt']);
    await page.finish();
  });

  test('attachments: what is too large is refused before it is sent', async () => {
    const page = await openParty(8);
    let sent = 0;
    page.on('request', (request) => { if (request.method() === 'POST') sent += 1; });
    const folder = await mkdtemp(join(tmpdir(), 'tessera-tour-'));
    const tour = join(folder, 'tour.mp4');
    await writeFile(tour, '');
    await truncate(tour, 32 * 1024 * 1024 + 1);
    await choose(page, tour);
    await page.getByRole('alert').filter({ hasText: 'To attach tour.mp4, make it smaller: it has 33 MiB, and 32 are the most.' }).waitFor();
    assert.equal(sent, 0);
    await rm(folder, { recursive: true });
    await page.finish();
  });

  test('attachments: an answer that is lost on the way attaches nothing twice', async () => {
    const page = await openParty(9);
    let lost = 0;
    await page.route('**/attachments?name=*', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await choose(page, [fresh('once.txt')]);
    await named(page, 'once.txt').waitFor();
    assert.equal(lost, 1);
    assert.deepEqual((await listOf(parties(), 9)).map(({ name }) => name), ['once.txt']);
    await page.finish();
  });

  test('attachments: who leaves while files are being sent is asked first', async () => {
    const page = await openParty(10);
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    await page.route('**/attachments?name=*', async (route) => {
      await released;
      await route.continue();
    });
    await choose(page, [fresh('slow.txt')]);
    await page.getByRole('progressbar', { name: 'Sending slow.txt' }).waitFor();
    await page.locator('.page-crumb').click();
    await page.getByRole('dialog', { name: 'Leave while files are being sent?' }).getByRole('button', { name: 'Stay' }).click();
    release();
    await named(page, 'slow.txt').waitFor();
    await page.locator('.page-crumb').click();
    await page.waitForURL(new RegExp(`${parties().path}$`));
    await page.finish();
  });

  test('attachments: one is removed after a question, by the keyboard alone', async () => {
    await attachedByOther(parties(), 11, fresh('wrong.txt'));
    const page = await openParty(11);
    const button = page.getByRole('button', { name: 'Remove wrong.txt' });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Remove this file?' });
    await dialog.getByText('wrong.txt').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await listOf(parties(), 11)).length, 1);
    await button.focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await button.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.classList.contains('attachments'));
    assert.deepEqual(await listOf(parties(), 11), []);
    await page.locator('.history').getByText('Kept → Removed').waitFor();
    await page.finish();
  });

  test('attachments: the button opens the choice of files from the keyboard', async () => {
    const page = await openParty(12);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).focus();
    await page.keyboard.press('Enter');
    assert.equal((await choosing).isMultiple(), true);
    await page.finish();
  });

  test('attachments: what a document rests on stays while the document may not be changed', async (context) => {
    const closed = orders().workflow.states.filter((state) => !state.editable).map((state) => state.name);
    const { rows } = await world.get(`/api/${orders().path}?${orders().workflow.field}.in=${closed.join(',')}&limit=1`);
    if (rows.length === 0) return context.skip('every order may be changed');
    const { id } = await attachedByOther(orders(), rows[0].id, fresh('evidence.txt'));
    const page = await openPage(world, `/${orders().path}/${rows[0].id}`);
    await named(page, 'evidence.txt').waitFor();
    await page.getByRole('button', { name: 'Add files' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Remove evidence.txt' }).count(), 0);
    const refused = await world.fetch(`/api/${orders().path}/${rows[0].id}/attachments/${id}`, { method: 'DELETE', headers: { 'Idempotency-Key': crypto.randomUUID() } });
    assert.equal(refused.status, 409);
    return page.finish();
  });

  test('attachments: what somebody else attaches shows by itself', async () => {
    const page = await openParty(13);
    await attachedByOther(parties(), 13, fresh('theirs.txt'));
    await named(page, 'theirs.txt').waitFor({ timeout: 10_000 });
    await page.finish();
  });

  test('attachments: who may only read sees the files and is offered nothing', async () => {
    await attachedByOther(parties(), 12, fresh('readable.txt'));
    const { cookie } = await withRoles(world, ['Reader']);
    const page = await openPage(world, `/${parties().path}/12`, { cookie });
    await named(page, 'readable.txt').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add files' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Remove readable.txt' }).count(), 0);
    await page.finish();
  });
}
