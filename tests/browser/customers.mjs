import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** What is said and done with customers: their timeline, complaints from anywhere, the calls of today. */
export function customers(world) {
  const needs = (...names) => ({ skip: names.every((name) => world.entity(name) ?? world.catalogue.reports.find((report) => report.name === name)) ? false : `needs ${names.join(' and ')}` });
  const entries = (page) => page.locator('.timeline-entry');
  const required = () => Object.fromEntries(world.entity('directory.party').fields.filter((field) => field.required && !field.read_only && field.kind === 'text').map((field) => [field.name, `C-${Date.now() % 10_000_000}`]));
  const customer = (name) => world.post('/api/directory/parties', { ...required(), name, ...(world.entity('directory.party').fields.some((field) => field.name === 'customer' && !field.read_only) ? { customer: true } : {}) });
  const logged = (party, kind, subject) => world.run('/api/crm/activities?transition=done', { kind, subject, party });
  const openCalls = async () => {
    const page = await openPage(world, '/reports/crm/todays_calls');
    await page.getByRole('option').first().waitFor();
    return page;
  };
  const plannedCalls = async () => {
    for (const name of ['Aubergine Cycles', 'Bergamot Cycles']) await world.post('/api/crm/follow_ups', { party: (await customer(name)).id, due_on: world.catalogue.today, kind: 'repurchase' });
  };

  test('timeline: what is logged in one line stands on top, and only calls can be asked for', needs('crm.activity', 'crm.timeline'), async () => {
    const { id } = await customer('Harbour Cycles');
    await logged(id, 'visit', 'Looked at the yard');
    const page = await openPage(world, `/directory/parties/${id}`);
    await entries(page).filter({ hasText: 'Looked at the yard' }).waitFor();
    await page.getByLabel('What was said or done').fill('They want the spring catalogue');
    await page.keyboard.press('Enter');
    await entries(page).filter({ hasText: 'They want the spring catalogue' }).waitFor();
    assert.match(await entries(page).first().innerText(), /Call\s+They want the spring catalogue/);
    assert.equal(await page.getByLabel('What was said or done').inputValue(), '');
    await page.getByLabel('Kind of entries').selectOption('visit');
    await entries(page).filter({ hasText: 'spring catalogue' }).waitFor({ state: 'detached' });
    await entries(page).filter({ hasText: 'Looked at the yard' }).waitFor();
    assert.equal(await entries(page).count(), 1);
    await page.getByRole('link', { name: 'Looked at the yard' }).click();
    await page.waitForURL(/crm\/activities\/\d+$/);
    await page.finish();
  });

  test('timeline: ten thousand entries are fetched as one scrolls, and only those in view exist', { skip: world.isMock ? false : 'the company is young' }, async () => {
    const page = await openPage(world, '/directory/parties/1');
    await entries(page).first().waitFor();
    const box = page.locator('.timeline-box');
    const newest = Number(/Talk (\d+)/.exec(await entries(page).first().innerText())[1]);
    const oldest = async () => Number(/Talk (\d+)/.exec(await entries(page).last().innerText())[1]);
    for (let step = 0; step < 40 && (await oldest()) > newest - 250; step += 1) {
      await box.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      await page.settled();
    }
    assert.ok((await oldest()) <= newest - 250, `the oldest is ${await oldest()}`);
    assert.ok((await entries(page).count()) < 60);
    await page.finish();
  });

  test('complaint: registered from anywhere in three fields, with its receipt number at once', needs('crm.complaint'), async () => {
    const { id } = await customer('Sorrow and Sons');
    const page = await openPage(world, `/directory/parties/${id}`);
    await page.getByRole('button', { name: 'Register a complaint' }).click();
    const dialog = page.getByRole('dialog', { name: 'Register a complaint' });
    await page.waitForFunction(() => document.querySelector('[role=dialog] input')?.value === 'Sorrow and Sons');
    await dialog.getByLabel('What happened').fill('The wheel came bent');
    await dialog.getByLabel('About').selectOption('order');
    await dialog.getByLabel('Its number').fill('SO-2026-00007');
    await dialog.getByRole('button', { name: 'Register' }).click();
    const receipt = page.getByRole('dialog', { name: 'Complaint registered' });
    await receipt.getByRole('status').filter({ hasText: /^CC-\d{4}-\d{5}$/ }).waitFor();
    const number = (await receipt.getByRole('status').innerText()).trim();
    const { rows } = await world.get(`/api/crm/complaints?search=${number}&fields=number,party,what_happened,order_reference`);
    assert.deepEqual([rows[0].party.id, rows[0].what_happened, rows[0].order_reference], [id, 'The wheel came bent', 'SO-2026-00007']);
    assert.deepEqual(await violationsOf(page), []);
    await receipt.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('region', { name: 'Open complaints' }).or(page.locator('section', { hasText: 'Open complaints' })).getByRole('link', { name: number }).first().waitFor();
    await page.finish();
  });

  test('complaint: without a customer it is refused at the field, and who has no record is written down', needs('crm.complaint'), async () => {
    const page = await openPage(world, '/');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Quick open' }).fill('complaint');
    await page.getByRole('option', { name: /Register a complaint/ }).or(page.getByRole('button', { name: /Register a complaint/ })).last().click();
    const dialog = page.getByRole('dialog', { name: 'Register a complaint' });
    await dialog.getByLabel('What happened').fill('Rude on the telephone');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await dialog.getByText('To register a complaint, name the customer').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await dialog.getByRole('button', { name: 'Somebody without a record' }).click();
    await dialog.getByLabel('Who').fill('A walker in the park');
    await dialog.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('dialog', { name: 'Complaint registered' }).getByText(/^CC-/).waitFor();
    await page.finish();
  });

  test("calls: the most at stake comes first, and two keys say what came of one and go on to the next", needs('crm.follow_up', 'crm.todays_calls'), async () => {
    if (!world.isMock) await plannedCalls();
    const before = (await world.get('/api/reports/crm.todays_calls')).rows;
    const page = await openCalls();
    assert.ok((await page.getByRole('option').first().innerText()).includes(before[0].party));
    await page.getByRole('region', { name: `Call: ${before[0].party}` }).getByRole('link', { name: before[0].party }).waitFor();
    const outcomes = world.entity('crm.follow_up').workflow.transitions.find((one) => one.name === 'done').input.find((one) => one.name === 'outcome').choices;
    await page.getByRole('listbox', { name: 'Calls' }).focus();
    await page.keyboard.press('4');
    await page.getByRole('button', { name: outcomes[3].label, pressed: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: `Call: ${before[1].party}` }).waitFor();
    const { state, outcome } = await world.get(`/api/crm/follow_ups/${before[0].call_id}`);
    assert.deepEqual([state, outcome], ['done', outcomes[3].value]);
    await page.keyboard.press('ArrowDown');
    if (before.length > 2) await page.getByRole('region', { name: `Call: ${before[2].party}` }).waitFor();
    await page.finish();
  });

  test('accessibility: customer in light and dark', needs('crm.timeline', 'crm.activity'), async () => {
    const { id } = await customer('Clear Sight');
    await logged(id, 'call', 'Asked for a price');
    const page = await openPage(world, `/directory/parties/${id}`);
    await entries(page).first().waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });

  test('accessibility: calls in light and dark', needs('crm.todays_calls', 'crm.follow_up'), async () => {
    if (!world.isMock) await plannedCalls();
    const page = await openCalls();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
