import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Lists as calendars: a month of what the list is narrowed to. */
export function calendar(world) {
  const orders = world.entity('purchasing.order');
  const entriesOf = (page, day) => page.locator(`td[data-day="${day}"] .calendar-entry`);
  const newest = async () => (await world.get(`/api/${orders.path}?limit=1&sort=-date&fields=date,number,supplier`)).rows[0];

  test('calendar: records stand on their day, narrowed as the list is, and lead to their page', async () => {
    const { date, supplier } = await newest();
    const rows = (await world.get(`/api/${orders.path}?date=${date}&supplier=${supplier.id}&fields=number&limit=200`)).rows;
    const page = await openPage(world, `/${orders.path}?supplier=${supplier.id}`);
    await rowsOf(page).first().waitFor();
    await page.getByRole('link', { name: 'Calendar', exact: true }).click();
    await page.waitForURL(/view=calendar/);
    await page.goto(`${world.base}/${orders.path}?supplier=${supplier.id}&view=calendar&by=date&month=${date.slice(0, 7)}`);
    await entriesOf(page, date).first().waitFor();
    assert.equal(await entriesOf(page, date).count(), rows.length > 5 ? 4 : rows.length);
    assert.deepEqual(await violationsOf(page), []);
    await entriesOf(page, date).first().click();
    await page.waitForURL(new RegExp(`/${orders.path}/\\d+$`));
    await page.finish();
  });

  test('calendar: the month before and after are in the address, and this month is one step away', async () => {
    const page = await openPage(world, `/${orders.path}?view=calendar&by=date&month=2026-01`);
    const caption = (text) => page.locator('.calendar caption', { hasText: text }).waitFor();
    await caption('January 2026');
    await page.getByRole('button', { name: 'Month before' }).click();
    await caption('December 2025');
    assert.match(page.url(), /month=2025-12/);
    await page.goBack();
    await caption('January 2026');
    await page.getByRole('button', { name: 'This month' }).click();
    await page.locator('td[data-today]').waitFor();
    assert.doesNotMatch(page.url(), /month=/);
    await page.finish();
  });

  const activities = world.entity('crm.activity');
  const plans = activities?.fields.some((field) => field.name === 'due_on' && !field.read_only);
  test('calendar: what is left of a busy day is the list of that day', { skip: plans ? false : 'nobody plans activities' }, async () => {
    const party = (await world.get('/api/directory/parties?limit=1&fields=name')).rows[0].id;
    for (let number = 1; number <= 6; number += 1) await world.post(`/api/${activities.path}`, { kind: 'call', subject: `Busy ${number}`, party, due_on: '2031-05-14', due_time: `0${number}:30` });
    const page = await openPage(world, `/${activities.path}?view=calendar&by=due_on&month=2031-05`);
    await entriesOf(page, '2031-05-14').first().waitFor();
    assert.match(await entriesOf(page, '2031-05-14').first().getAttribute('aria-label'), /^0\d:30 · Busy \d · /);
    assert.equal(await entriesOf(page, '2031-05-14').count(), 4);
    await page.locator('td[data-day="2031-05-14"]').getByRole('link', { name: '2 more' }).click();
    await page.waitForURL(/\?due_on=2031-05-14$/);
    await rowsOf(page).filter({ hasText: 'Busy 6' }).waitFor();
    await page.finish();
  });
}
