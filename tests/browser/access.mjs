import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { accept, openPage, password } from './world.mjs';

/** Coming in, staying in, going out, and what is shown to whom. */
export function access(world) {
  const orders = () => world.entity('purchasing.order');
  const roleNamed = async (name) => (await world.get('/api/access/roles?limit=200&fields=name')).rows.find((role) => role.name === name).id;
  const linkFor = async (id) => (await world.post(`/api/access/users/${id}/link`, {})).link.split('#')[1];
  let people = 0;
  const invited = async (roles = ['Administrator']) => {
    people += 1;
    const name = `guest${people}.${Date.now() % 100_000}`;
    const lines = await Promise.all(roles.map(async (role) => ({ role: await roleNamed(role) })));
    const { id } = await world.post('/api/access/users', { name, full_name: `Guest ${people}`, roles: lines });
    return { id, name, full_name: `Guest ${people}`, link: await linkFor(id) };
  };
  const withPassword = async (roles) => {
    const user = await invited(roles);
    return { ...user, cookie: await accept(world, user.link) };
  };
  const signIn = async (page, name, typed = password) => {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Password', { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const endSessions = async (page) => {
    const answer = await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }).then((response) => response.status));
    assert.equal(answer, 204);
  };
  // Once the change has left the page: a page that follows a real server hears of the end at once, and is covered before anything is clicked.
  const endSessionsWhenSaving = (page) => {
    let ended = false;
    return page.route('**/api/**', async (route) => {
      if (!ended && route.request().method() === 'PATCH') {
        ended = true;
        await endSessions(page);
      }
      await route.continue();
    });
  };
  const isIn = (page, user) => page.locator('.user-button', { hasText: user.full_name }).waitFor();

  test('access: who is invited chooses a password by the link, is in, and the link is used up', async () => {
    const user = await invited();
    const page = await openPage(world, `/welcome#${user.link}`, { cookie: null });
    await page.getByRole('heading', { name: `Welcome, ${user.full_name}` }).waitFor();
    await page.locator('.entrance-name', { hasText: world.catalogue.company.name }).waitFor();
    const input = page.getByLabel('Password', { exact: true });
    assert.equal(await input.getAttribute('autocomplete'), 'new-password');
    await input.fill('short');
    await page.getByText('3 more characters needed').waitFor();
    await page.getByRole('button', { name: 'Choose it and go in' }).click();
    await page.locator('[aria-invalid=true]').waitFor();
    await input.fill(password);
    await page.getByText('Long enough.').waitFor();
    await page.getByRole('button', { name: 'Choose it and go in' }).click();
    await isIn(page, user);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/');
    await page.goto(`${world.base}/welcome#${user.link}`);
    await page.reload();
    await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    await page.finish();
  });

  test('access: a wrong password is said at the password; the right one leads to the page that was asked for', async () => {
    const user = await withPassword();
    const page = await openPage(world, `/${orders().path}?state=draft`, { cookie: null });
    assert.equal(await page.getByLabel('Name', { exact: true }).getAttribute('autocomplete'), 'username');
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('autocomplete'), 'current-password');
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'name');
    await signIn(page, user.name, 'not this one at all');
    await page.locator('input[name=password][aria-invalid=true]').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'password');
    await signIn(page, user.name);
    await page.getByRole('grid').waitFor();
    assert.equal(new URL(page.url()).search, '?state=draft');
    await page.finish();
  });

  test('access: who asks too often is told how long to wait, and the seconds go down', async () => {
    const page = await openPage(world, '/', { cookie: null });
    await page.route('**/api/session', (route) => (route.request().method() !== 'POST' ? route.continue() : route.fulfill({
      status: 429, contentType: 'application/problem+json', headers: { 'Retry-After': '3' },
      body: JSON.stringify({ status: 429, code: 'kernel.too_many_attempts', detail: 'To sign in, wait a little.' }),
    })));
    await signIn(page, 'somebody', 'anything');
    await page.getByRole('button', { name: 'Try again in 3 s' }).waitFor();
    await page.getByRole('alert').filter({ hasText: 'To sign in, wait a little.' }).waitFor();
    await page.getByRole('button', { name: 'Try again in 1 s' }).waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.finish();
  });

  test('access: who signs out is out, in every window of the browser', async () => {
    const { cookie, ...user } = await withPassword();
    const page = await openPage(world, '/', { cookie });
    const other = await page.context().newPage();
    await other.goto(world.base + '/reports');
    await isIn(other, user);
    await page.locator('.user-button').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await other.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    await page.goto(`${world.base}/${orders().path}`);
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.finish();
  });

  test('access: a session that ends while something is typed leaves it there, and saving goes on after signing in, once', async () => {
    const { cookie, ...user } = await withPassword();
    const party = world.entity('directory.party');
    const text = party.fields.find((field) => field.kind === 'text' && !field.read_only && !field.required && !field.multiline).name;
    const page = await openPage(world, `/${party.path}/3`, { cookie });
    const { version } = await world.get(`/api/${party.path}/3`);
    await page.locator(`.field [data-field="${text}"]`).fill('typed before the end');
    await endSessionsWhenSaving(page);
    const keys = [];
    page.on('request', (request) => request.method() === 'PATCH' && keys.push(request.headers()['idempotency-key']));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await dialog.getByLabel('Name', { exact: true }).inputValue(), user.name);
    await signIn(page, user.name);
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(`${party.title} saved`).waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    const saved = await world.get(`/api/${party.path}/3`);
    assert.equal(saved[text], 'typed before the end');
    assert.equal(saved.version, version + 1);
    assert.match(page.url(), new RegExp(`${party.path}/3$`));
    await page.finish();
  });

  test('access: what one person typed is not there for another who signs in at the same window', async () => {
    const { cookie } = await withPassword();
    const other = await withPassword();
    const party = world.entity('directory.party');
    const page = await openPage(world, `/${party.path}/5`, { cookie });
    const input = page.locator(`.field [data-field="${party.display}"]`);
    const before = await input.inputValue();
    await input.fill('Not yours Ltd');
    await endSessionsWhenSaving(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    await signIn(page, other.name);
    await isIn(page, other);
    assert.equal(await input.inputValue(), before);
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('tessera.pending')).length), 0);
    await page.finish();
  });

  test('access: who only looks finds no button that changes anything, and no administration', async () => {
    const { cookie } = await withPassword(['Reader']);
    const page = await openPage(world, `/${orders().path}`, { cookie });
    await page.getByRole('grid').waitFor();
    for (const name of ['New', 'Import']) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0);
    assert.equal(await page.getByRole('link', { name: 'System' }).count(), 0);
    const { rows } = await world.get(`/api/${orders().path}?limit=1`);
    await page.goto(`${world.base}/${orders().path}/${rows[0].id}`);
    await page.getByRole('tab', { name: 'History' }).waitFor();
    for (const move of orders().workflow.transitions) assert.equal(await page.getByRole('button', { name: move.label, exact: true }).count(), 0);
    await page.goto(`${world.base}/system`);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await page.finish();
  });

  test('account: the second factor is set up, asked for at the door, and taken away', async () => {
    const { cookie, ...user } = await withPassword();
    const page = await openPage(world, '/account', { cookie });
    await page.getByRole('button', { name: 'Set it up' }).click();
    const secret = (await page.locator('.secret code').innerText()).replaceAll(' ', '');
    await page.waitForFunction(() => document.querySelector('.second-factor-code')?.naturalWidth > 0);
    await page.getByLabel('Six digits it shows').fill(world.isMock ? '000000' : codeOf(secret, 40));
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.locator('input[name=code][aria-invalid=true]').waitFor();
    await page.getByLabel('Six digits it shows').fill(world.isMock ? '123456' : codeOf(secret, 0));
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByText('The second factor is on.').waitFor();
    const [recovery] = await page.locator('.recovery-codes code').allInnerTexts();
    assert.ok(recovery.length >= 8);
    await page.getByRole('button', { name: 'I have kept them' }).click();

    await endSessions(page);
    await page.goto(`${world.base}/account`);
    await signIn(page, user.name);
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'code');
    assert.equal(await page.getByLabel('Code').getAttribute('autocomplete'), 'one-time-code');
    await page.getByLabel('Code').fill(world.isMock ? '123456' : codeOf(secret, 1));
    await isIn(page, user);

    await page.getByRole('button', { name: 'Take it away' }).click();
    await page.locator('.account-form input[name=password]').last().fill(password);
    await page.getByRole('button', { name: 'Take it away' }).click();
    await page.getByRole('button', { name: 'Set it up' }).waitFor();
    await page.finish();
  });

  test('account: a token may what was chosen, is shown once and can be revoked', async () => {
    const { cookie } = await withPassword();
    const page = await openPage(world, '/account', { cookie });
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Choose what it may do.').waitFor();
    await page.getByLabel('What it is for').fill('Nightly export');
    await page.getByLabel('Look at everything').check();
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = await page.getByLabel('Token', { exact: true }).inputValue();
    assert.match(token, /^tsr_/);
    await page.getByRole('row', { name: /Nightly export/ }).getByText('Look at everything').waitFor();
    await page.reload();
    await page.getByRole('row', { name: /Nightly export/ }).waitFor();
    assert.equal(await page.getByLabel('Token', { exact: true }).count(), 0);
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
    await page.getByRole('row', { name: /Nightly export/ }).getByText('Revoked', { exact: true }).waitFor();
    await page.finish();
  });

  test('account: what a token may is chosen by its title, also by who sees no rights', { skip: !world.catalogue.permissions && 'this server tells no titles' }, async () => {
    const { title } = world.catalogue.permissions.find((permission) => permission.name === 'purchasing.approve');
    const name = `Approver ${Date.now() % 100_000}`;
    await world.post('/api/access/roles', { name, permissions: [{ permission: 'purchasing.approve' }] });
    const { cookie } = await withPassword([name]);
    const page = await openPage(world, '/account', { cookie });
    await page.getByRole('button', { name: 'New token' }).click();
    const boxes = page.getByRole('dialog', { name: 'New token' }).getByRole('checkbox');
    assert.equal(await boxes.count(), 1);
    await page.getByLabel('What it is for').fill('Approvals by telephone');
    await page.getByLabel(title, { exact: true }).check();
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByRole('row', { name: /Approvals by telephone/ }).getByText(title, { exact: true }).waitFor();
    await page.finish();
  });

  test('account: other sessions are ended, this one stays', async () => {
    const { cookie, ...user } = await withPassword();
    const page = await openPage(world, '/account', { cookie });
    const elsewhere = await openPage(world, '/', { cookie: null });
    await signIn(elsewhere, user.name);
    await isIn(elsewhere, user);
    await page.reload();
    await page.getByText('This one').waitFor();
    await page.getByRole('button', { name: /^End the session/ }).click();
    await page.waitForFunction(() => document.querySelectorAll('.account-column:last-child .panel:first-child tbody tr').length === 1);
    await elsewhere.goto(`${world.base}/reports`);
    await elsewhere.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await elsewhere.finish();
    await page.finish();
  });

  test('account: the password of now is asked for, and the new one lets in', async () => {
    const { cookie, ...user } = await withPassword();
    const page = await openPage(world, '/account', { cookie });
    const change = async (now) => {
      await page.getByLabel('Password now').fill(now);
      await page.getByLabel('New password').fill('nine kettles under the staircase');
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('not this one at all');
    await page.locator('input[name=password][aria-invalid=true]').waitFor();
    await change(password);
    await page.getByText('Password changed').waitFor();
    await endSessions(page);
    await page.goto(world.base);
    await signIn(page, user.name, 'nine kettles under the staircase');
    await isIn(page, user);
    await page.finish();
  });

  test('administration: permissions are ticked, rules choose among what there is, and a person’s rights say by which role', async () => {
    const page = await openPage(world, '/access/roles/new');
    const name = `Checker ${Date.now() % 100_000}`;
    await page.locator('[data-field=name]').fill(name);
    await page.getByLabel('Look at everything').check();
    const own = page.getByRole('group', { name: 'Purchasing' });
    await own.getByRole('checkbox').last().check();
    await page.locator('.panel', { has: page.getByRole('heading', { name: 'Rules', exact: true }) }).getByRole('button', { name: 'Add line' }).click();
    await page.getByLabel('Entity, line 1').first().selectOption(orders().name);
    await page.getByLabel('Field, line 1').first().selectOption('state');
    await page.getByLabel('Value, line 1').selectOption('draft');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/access\/roles\/\d+$/);
    const role = await world.get(`/api/access/roles/${page.url().split('/').at(-1)}`);
    assert.equal(role.permissions.length, 2);
    assert.equal(role.permissions[0].permission, '*.read');
    assert.deepEqual([role.rules[0].entity, role.rules[0].field, role.rules[0].value], [orders().name, 'state', 'draft']);

    const user = await withPassword([name]);
    await page.goto(`${world.base}/access/users/${user.id}`);
    await page.locator('.rights-module li[data-granted]', { hasText: name }).first().waitFor();
    await page.locator('.rights-rule', { hasText: `${orders().plural}, only where state is Draft` }).waitFor();
    await page.getByRole('button', { name: 'New sign-in link' }).click();
    assert.match(await page.getByLabel('Link', { exact: true }).inputValue(), new RegExp(`^${world.base}/welcome#\\S{12,}$`));
    await page.finish();
  });

  test('system: whether the server is well, and what it has done', async () => {
    const page = await openPage(world, '/system');
    await page.getByRole('heading', { name: 'Database' }).waitFor();
    await page.getByText('Takes changes').waitFor();
    await page.getByRole('row', { name: /^List/ }).waitFor();
    await page.getByRole('row', { name: /^Purchasing/ }).getByText('Loaded').waitFor();
    await page.finish();
  });

  test('audit: who did what is found by record, and the search is in the address', { skip: !world.hasAudit && 'this server has no search over its audit trail' }, async () => {
    const page = await openPage(world, '/audit');
    await page.locator('.audit-entry').first().waitFor();
    await page.getByLabel('Of', { exact: true }).selectOption(orders().name);
    await page.getByRole('main').getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL(/entity=purchasing\.order/);
    await page.locator('.audit-entry').first().hover();
    await page.locator('.audit-entry').first().getByRole('button', { name: 'Only this record' }).click();
    await page.waitForURL(/record=\d+/);
    const id = new URL(page.url()).searchParams.get('record');
    const { total } = await world.get(`/api/audit?entity=${orders().name}&record=${id}`);
    await page.waitForFunction((count) => document.querySelectorAll('.audit-entry').length === count, total);
    await page.finish();
  });
}

/** What an authenticator shows so many steps of thirty seconds from now (RFC 6238). */
function codeOf(secret, steps) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
