import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, openPage, requiredTexts, violationsOf } from './world.mjs';

/** What somebody who leaves hands over. */
export function transfers(world) {
  const needs = { skip: world.entity('knowledge.transfer_plan') ? false : 'needs knowledge.transfer_plan' };
  const named = (what) => `${what} ${crypto.randomUUID().slice(0, 8)}`;
  const employee = (name) => world.post('/api/directory/employees', { ...requiredTexts(world, 'directory.employee'), name });
  const inDays = (count) => new Date(Date.parse(world.catalogue.today) + count * 86_400_000).toISOString().slice(0, 10);

  test('transfer plan: a topic is handed over to somebody, with the way and the day, until all are', needs, async () => {
    const [leaver, receiver, name] = [named('Leaver'), named('Receiver'), named('Varnish')];
    const topic = await world.post('/api/knowledge/topics', { name, active: true });
    await employee(receiver);
    const { id, number } = await world.post('/api/knowledge/transfer_plans', { employee: (await employee(leaver)).id, leaves_on: inDays(30) });
    const page = await openPage(world, `/knowledge/transfer_plans/${id}`);
    await page.getByRole('heading', { level: 1, name: `What ${leaver} hands over` }).waitFor();
    await page.getByText('30 days left').waitFor();
    await page.getByText('Nothing is held that would have to be handed over.').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await choose(page, page.getByLabel('One more topic'), name);
    const line = page.getByRole('article', { name });
    await line.getByText('nobody takes it over').waitFor();
    await choose(page, line.getByLabel('Receiver'), receiver);
    await line.getByLabel('By', { exact: true }).fill('-2');
    await line.getByLabel('By', { exact: true }).press('Tab');
    await line.getByText('2 days late').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: 'Finish', exact: true }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'Finish', exact: true }).click();
    await page.getByRole('alert').getByText(`To finish ${number}, say when ${name} was handed over.`).waitFor();
    await line.getByRole('checkbox', { name: 'Handed over' }).check();
    await line.getByText('handed over, not captured').waitFor();
    await line.getByLabel('How').fill('<b>Two</b> afternoons at the stand');
    await page.getByRole('progressbar', { name: 'Handed over' }).waitFor();
    assert.equal(await page.getByRole('progressbar', { name: 'Handed over' }).getAttribute('aria-valuenow'), '1');
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.locator('.page-head .state', { hasText: 'Done' }).waitFor();
    await line.getByText('<b>Two</b> afternoons at the stand').waitFor();
    assert.equal(await line.getByRole('checkbox').count(), 0);
    assert.deepEqual(await violationsOf(page), []);
    const saved = await world.get(`/api/knowledge/transfer_plans/${id}`);
    assert.deepEqual([saved.state, saved.lines.map((one) => [one.topic.id, one.receiver.label, one.done_on])], ['done', [[topic.id, receiver, world.catalogue.today]]]);
    await page.finish();
  });

  test('transfer plan: shows what hangs on each topic, who takes it over and how far it is', { skip: world.isMock ? false : 'who leaves a demo company is its own' }, async () => {
    const page = await openPage(world, '/knowledge/transfer_plans/1');
    await page.getByText('1 of 4').waitFor();
    await page.getByRole('article', { name: 'Paint' }).getByText('nobody who stays holds it, 184,300.00 USD depend on it').waitFor();
    await page.getByRole('article', { name: 'Drivetrain' }).getByRole('checkbox', { name: 'Handed over' }).uncheck();
    await page.getByText('0 of 4').waitFor();
    await page.getByRole('button', { name: 'Remove Paint' }).click();
    await page.getByText('0 of 3').waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('1 of 4').waitFor();
    await page.getByRole('article', { name: 'Wheels' }).getByRole('link', { name: 'Wheels' }).click();
    await page.waitForURL(/knowledge\/experts\?topic=3/);
    await page.finish();
  });
}
