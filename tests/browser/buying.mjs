import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** Who decides about an opportunity, by what, how far they are apart and what is to be said to whom. */
export function buying(world) {
  const opportunities = world.entity('crm.opportunity');
  const needs = { skip: world.entity('crm.buying_member') ? false : 'the company keeps no buying centres' };

  test('buying centre: the matrix says who weighs what how, where they are apart, and what is to be said', needs, async () => {
    const make = async (path, body) => (await world.post(`/api/crm/${path}`, body)).id;
    const party = (await world.get('/api/directory/parties?limit=1&customer=true&fields=name')).rows[0].id;
    const contact = async (name) => (await world.post('/api/directory/contacts', { party, name })).id;
    const opportunity = await make('opportunities', { title: `Refit ${Date.now() % 1_000_000}`, party, amount: '9000.00' });
    const page = await openPage(world, `/${opportunities.path}/${opportunity}`);
    const panel = page.locator('.buying-centre');
    await panel.getByText('Nobody is known who has a say.').waitFor();

    const member = async (name, role, influence, stance) => make('buying_members', { opportunity, contact: await contact(name), role, influence, stance });
    const ben = await member('Ben Buyer', 'buyer', 2, -1);
    const eva = await member('Eva Decider', 'decider', 5, 1);
    const price = await make('criteria', { opportunity, name: 'Price' });
    await make('criterion_weights', { member: ben, criterion: price, weight: 5, position: -2 });
    await make('criterion_weights', { member: eva, criterion: price, weight: 8, position: 1 });
    await make('arguments', { member: ben, criterion: price, text: 'Costs less to run', evidence: 'Test report' });
    await page.reload();
    await panel.getByRole('row', { name: /Ben Buyer.*Buyer, influence 2/ }).waitFor();
    assert.equal(await panel.getByRole('row').count(), 4);
    await panel.getByText(/Not of one mind:.*Price \(1\.2\)/).waitFor();
    await panel.getByRole('listitem').filter({ hasText: 'Ben Buyer, Price: Costs less to run (Test report)' }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
