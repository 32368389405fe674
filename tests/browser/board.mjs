import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Lists as boards: grouped, narrowed, and cards that are moved. */
export function board(world) {
  const orders = world.entity('purchasing.order');
  const opportunities = world.entity('crm.opportunity');
  const needsSales = { skip: opportunities ? false : 'the company has no opportunities' };
  const states = orders.workflow.states;
  const total = async (path, query) => (await world.get(`/api/${path}?limit=1&${query}`)).total;
  const columnOf = (page, label) => page.getByRole('region', { name: label, exact: true });
  const cardOf = (page, id) => page.locator(`[data-card="${id}"]`);
  const countOf = (page, label, count) => page.waitForFunction(
    ([name, wanted]) => document.querySelector(`section[aria-label="${name}"] [data-testid=count]`)?.textContent.replaceAll(',', '') === wanted, [label, String(count)]);
  const stagesOf = async () => (await world.get('/api/crm/stages?sort=position&limit=20')).rows;
  const opened = async (given = {}) => {
    const party = (await world.get('/api/directory/parties?limit=1&fields=name')).rows[0].id;
    const stages = await stagesOf();
    const made = await world.post(`/api/${opportunities.path}`, { title: `Fleet ${Date.now() % 10_000_000}`, party, amount: '100.00', ...given });
    if (made.stage) return { ...made, stages };
    return { ...(await world.run(`/api/${opportunities.path}/${made.id}/move`, { stage: stages[0].id })), stages };
  };
  const stageBoard = async (given) => {
    const made = await opened(given);
    const page = await openPage(world, `/${opportunities.path}?search=${encodeURIComponent(made.title)}&view=board`);
    await cardOf(page, made.id).getByRole('link').waitFor();
    return { made, page, name: (index) => made.stages[index].name };
  };
  const emptyOrder = async () => {
    const first = await world.get(`/api/${orders.path}/${(await world.get(`/api/${orders.path}?limit=1&sort=-id`)).rows[0].id}`);
    const body = Object.fromEntries(orders.fields.filter((field) => field.required && !field.read_only && field.kind !== 'lines').map((field) => [field.name, first[field.name]?.id ?? first[field.name]]));
    return world.post(`/api/${orders.path}`, body);
  };
  const openOrderBoard = async (order) => {
    const page = await openPage(world, `/${orders.path}?view=board&by=${orders.workflow.field}&${orders.workflow.field}.in=${states[0].name},${states[1].name},cancelled`);
    await cardOf(page, order.id).getByRole('link').waitFor();
    return page;
  };
  const move = async (page, id, to) => {
    await cardOf(page, id).getByRole('button', { name: /^Move .* to …$/ }).click();
    await page.getByRole('dialog', { name: /^Move/ }).getByRole('button', { name: to, exact: true }).click();
  };
  const approve = orders.workflow.transitions.find((one) => one.name === 'approve');
  const approved = states.find((state) => state.name === approve.to).label;

  test('board: the columns of the state have the counts of the list, and what narrows the list stays when one is left for the other', async () => {
    const supplier = (await world.get(`/api/${orders.path}?limit=1&sort=-id`)).rows[0].supplier.id;
    const page = await openPage(world, `/${orders.path}?supplier=${supplier}`);
    await rowsOf(page).first().waitFor();
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await page.waitForURL(/view=board/);
    await page.getByLabel('Columns of the board').selectOption(orders.workflow.field);
    for (const state of states) await countOf(page, state.label, await total(orders.path, `supplier=${supplier}&${orders.workflow.field}=${state.name}`));
    assert.match(page.url(), new RegExp(`supplier=${supplier}&view=board&by=${orders.workflow.field}`));
    await page.reload();
    await columnOf(page, states[0].label).waitFor();
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await rowsOf(page).first().waitFor();
    assert.equal(new URL(page.url()).search, `?supplier=${supplier}`);
    await page.getByRole('button', { name: /^Remove the filter/ }).waitFor();
    await page.finish();
  });

  test('board: a filter on the state leaves its columns, and a name of a column leads to its list', async () => {
    const page = await openPage(world, `/${orders.path}?${orders.workflow.field}.in=${states[0].name},${states[1].name}&view=board&by=${orders.workflow.field}`);
    await columnOf(page, states[1].label).waitFor();
    assert.equal(await page.locator('.board-column').count(), 2);
    await columnOf(page, states[1].label).getByRole('heading').getByRole('link').click();
    await page.waitForURL(new RegExp(`\\?${orders.workflow.field}=${states[1].name}$`));
    await page.finish();
  });

  test('board: a card goes to the next column by the transition that leads there; a refusal is said at the card', async () => {
    const order = await emptyOrder();
    const page = await openOrderBoard(order);
    await move(page, order.id, approved);
    await cardOf(page, order.id).getByRole('alert').filter({ hasText: /^To approve .+/ }).waitFor();
    assert.equal((await world.get(`/api/${orders.path}/${order.id}`)).state, states[0].name);
    assert.deepEqual(await violationsOf(page), []);
    await cardOf(page, order.id).getByRole('button', { name: 'Understood' }).click();
    await cardOf(page, order.id).getByRole('alert').waitFor({ state: 'detached' });
    await page.finish();
  });

  test('board: a transition that asks for more, or whether it is meant, opens its dialog, and the card goes when it is done', async () => {
    const order = await emptyOrder();
    const page = await openOrderBoard(order);
    const cancelled = states.find((state) => state.name === 'cancelled').label;
    await move(page, order.id, cancelled);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (const input of await dialog.locator('input[data-field], textarea[data-field]').all()) await input.fill('no longer needed');
    await dialog.locator('button[type=submit]').click();
    await columnOf(page, cancelled).locator(`[data-card="${order.id}"]`).waitFor();
    assert.equal((await world.get(`/api/${orders.path}/${order.id}`)).state, 'cancelled');
    await page.finish();
  });

  test('board: opportunities stand by their stage, and one that is dragged goes by the transition that takes the stage', needsSales, async () => {
    const { made, page, name } = await stageBoard();
    await columnOf(page, name(0)).locator(`[data-card="${made.id}"]`).waitFor();
    await cardOf(page, made.id).locator('.board-card').dragTo(columnOf(page, name(2)));
    await columnOf(page, name(2)).locator(`[data-card="${made.id}"]`).waitFor();
    assert.equal((await world.get(`/api/${opportunities.path}/${made.id}`)).stage.label, name(2));
    await countOf(page, name(0), 0);
    await columnOf(page, name(2)).locator('.board-sum', { hasText: '100.00' }).waitFor();
    await page.finish();
  });

  test('board: the keyboard moves a card and stays with it', needsSales, async () => {
    const { made, page, name } = await stageBoard();
    await cardOf(page, made.id).getByRole('link').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Move/ }).getByRole('button', { name: name(1), exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await columnOf(page, name(1)).locator(`[data-card="${made.id}"]`).waitFor();
    await page.waitForFunction((id) => document.activeElement?.closest('[data-card]')?.getAttribute('data-card') === id, String(made.id));
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${opportunities.path}/${made.id}$`));
    await page.finish();
  });

  test('board: a choice that may be written is changed by moving the card', { skip: opportunities?.fields.some((field) => field.name === 'source' && field.kind === 'choice') ? false : 'no such choice' }, async () => {
    const made = await opened({ source: 'web' });
    const page = await openPage(world, `/${opportunities.path}?search=${encodeURIComponent(made.title)}&view=board&by=source`);
    await move(page, made.id, 'Fair');
    await columnOf(page, 'Fair').locator(`[data-card="${made.id}"]`).waitFor();
    await move(page, made.id, 'No source');
    await columnOf(page, 'No source').locator(`[data-card="${made.id}"]`).waitFor();
    assert.equal((await world.get(`/api/${opportunities.path}/${made.id}`)).source, null);
    await page.finish();
  });

  test('board: what somebody else moves is seen to move', needsSales, async () => {
    const { made, page, name } = await stageBoard();
    await world.run(`/api/${opportunities.path}/${made.id}/move`, { stage: made.stages[3].id });
    await columnOf(page, name(3)).locator(`[data-card="${made.id}"]`).waitFor();
    await page.finish();
  });

  test('board: of ten thousand records only those in view exist, and arrows go through all', { skip: world.isMock ? false : 'the company is small' }, async () => {
    const page = await openPage(world, `/${opportunities.path}?view=board&by=stage`);
    await page.locator('.board-card a').first().waitFor();
    await page.settled();
    assert.ok((await page.locator('.board-card').count()) < 120);
    await page.locator('.board-card a').first().focus();
    await page.keyboard.press('End');
    const last = await total(opportunities.path, `stage=${(await stagesOf())[0].id}`);
    await page.waitForFunction((place) => document.activeElement?.closest('li')?.getAttribute('aria-posinset') === place, String(last));
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement?.closest('section')?.getAttribute('aria-label') === 'Needs known');
    await page.finish();
  });

  test('accessibility: board in light and dark', async () => {
    const page = await openOrderBoard(await emptyOrder());
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: /^Move .* to …$/ }).first().click();
    await page.getByRole('dialog', { name: /^Move/ }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
