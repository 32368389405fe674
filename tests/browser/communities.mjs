import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, openPage, requiredTexts, violationsOf } from './world.mjs';

/** People who work at the same thing. */
export function communities(world) {
  const needs = { skip: world.entity('knowledge.community') ? false : 'needs knowledge.community' };
  const named = (what) => `${what} ${crypto.randomUUID().slice(0, 8)}`;
  const employee = (name, more = {}) => world.post('/api/directory/employees', { ...requiredTexts(world, 'directory.employee'), name, ...more });
  const begun = async (more = {}) => {
    const topic = await world.post('/api/knowledge/topics', { name: named('Spokes'), active: true });
    const community = await world.post('/api/knowledge/communities', { name: named('Wheel people'), topic: topic.id, active: true, ...more });
    return { ...community, topic };
  };
  const meAsEmployee = async () => {
    const { user } = await world.get('/api/session');
    const known = await world.get(`/api/access/users/${user.id}`);
    const email = known.email || `${user.name}@house.example`;
    if (!known.email) await world.fetch(`/api/access/users/${user.id}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'If-Match': '*', 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ email }) });
    const { rows } = await world.get(`/api/directory/employees?${new URLSearchParams({ email, active: 'true', sort: 'id', limit: '1', fields: 'name' })}`);
    return rows[0]?.name ?? (await employee(named('Myself'), { email, active: true })).name;
  };

  test('community: its newest assets and open questions stand on its page, and a question about its topic is begun there', needs, async () => {
    const { id, topic } = await begun({ purpose: '<img src=x onerror="document.title=1"> We true wheels.' });
    const [asset, other, question] = [named('True a wheel'), named('Of no topic'), named('How tight?')];
    await world.post('/api/knowledge/assets', { kind: 'article', title: asset, body: 'Turn.', topics: [{ topic: topic.id }] });
    await world.post('/api/knowledge/assets', { kind: 'article', title: other, body: 'Turn.' });
    await world.post('/api/knowledge/questions', { text: question, topic: topic.id });
    const page = await openPage(world, `/knowledge/communities/${id}`);
    await page.getByRole('list', { name: 'Newest assets' }).getByRole('link', { name: asset }).waitFor();
    await page.getByRole('list', { name: 'Open questions' }).getByRole('link', { name: new RegExp(`${question.replace('?', '.')}|KQ-`) }).waitFor();
    assert.equal(await page.getByText(other).count(), 0);
    assert.equal(await page.locator('main img[src=x]').count(), 0);
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('link', { name: 'Ask a question' }).click();
    await page.waitForURL(new RegExp(`knowledge/questions/new\\?topic=${topic.id}$`));
    await page.finish();
  });

  test('community: who is here joins and leaves with one step, and another is added', needs, async () => {
    const me = await meAsEmployee();
    const colleague = named('Colleague');
    await employee(colleague, { active: true });
    const { id } = await begun();
    const page = await openPage(world, `/knowledge/communities/${id}`);
    const members = page.getByRole('list', { name: 'Members' });
    await page.getByText('Nobody has joined yet.').waitFor();
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await choose(page, page.getByLabel('Who joins'), colleague);
    await members.getByRole('link', { name: colleague }).waitFor();
    await page.getByRole('button', { name: 'Join' }).click();
    await members.getByRole('link', { name: me }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    const saved = await world.get(`/api/knowledge/communities/${id}`);
    assert.deepEqual(saved.members.map((one) => [one.employee.label, one.joined_on]), [[colleague, world.catalogue.today], [me, world.catalogue.today]]);
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Join' }).waitFor();
    assert.deepEqual((await world.get(`/api/knowledge/communities/${id}`)).members.map((one) => one.employee.label), [colleague]);
    await page.finish();
  });
}
