// Signing in, as the real server does it. With --sign-in everybody must; without, the mock acts for one given actor.
//   ada    correct horse battery   may do everything
//   grace  correct horse battery   the same, with the second factor 123456
//   karl   correct horse battery   a buyer
//   nora   invited: /welcome#nora-was-invited, as administrator is: /welcome#first-sign-in
// With --confirmation-age-max 600 users, roles, tokens and links want a password that was typed within so many seconds; without, never.
import { randomBytes } from 'node:crypto';
import { catalogue, entities, permissions } from './catalogue.mjs';
import { tables } from './company.mjs';
import { Refusal } from './refusal.mjs';

const isOpen = !process.argv.includes('--sign-in');
const confirmationAgeMax = process.argv.includes('--confirmation-age-max') ? Number(process.argv[process.argv.indexOf('--confirmation-age-max') + 1]) : Infinity;
const sensitive = new Set(['access.user', 'access.role']);
const cookieName = '__Host-tessera_session';
const instant = (days = 0) => new Date(Date.now() + days * 86_400_000).toISOString();
const usual = 'correct horse battery';
const accounts = new Map([['administrator', { password: null }], ['ada', { password: usual }], ['grace', { password: usual, factor: true }], ['karl', { password: usual }], ['nora', { password: null }]]);
const links = new Map([['first-sign-in', { name: 'administrator', purpose: 'invitation' }], ['nora-was-invited', { name: 'nora', purpose: 'invitation' }]]);
const sessions = new Map();
const tokens = new Map();
const failures = new Map();
let nextSession = 1;
let nextToken = 1;

const userNamed = (name) => tables['access.user'].find((user) => user.name === name);
const grantsOf = (user) => user.roles.flatMap(({ role }) => tables['access.role'].find((candidate) => candidate.id === role.id).permissions.map((line) => line.permission));
const covers = (grant, name) => grant === '*' || grant === name || (grant.endsWith('.*') && name.startsWith(grant.slice(0, -1))) || (grant.startsWith('*.') && name.endsWith(grant.slice(1)));
const may = (user, name) => grantsOf(user).some((grant) => covers(grant, name));

/** The password must have been typed lately by who does this at a browser. */
function requireConfirmed({ session }, goal) {
  if (session && Date.now() - session.confirmed_at > confirmationAgeMax * 1_000) throw new Refusal(403, 'kernel.confirmation_wanted', `To ${goal}, confirm with your password that it is you.`);
}

export function requireConfirmedFor(caller, entity, goal = 'change') {
  if (sensitive.has(entity.name)) requireConfirmed(caller, `${goal} ${entity.plural.toLowerCase()}`);
}

/** Who asks; throws when it must be somebody and is nobody. */
export function callerOf(request) {
  if (isOpen) return { user: userNamed('administrator'), kind: 'open' };
  const key = new RegExp(`${cookieName}=([0-9a-f]+)`).exec(request.headers.cookie ?? '')?.[1];
  const session = sessions.get(key);
  if (!session) throw new Refusal(401, 'kernel.not_signed_in', 'To do this, sign in.');
  session.seen_at = instant();
  return { user: userNamed(session.name), kind: 'session', session };
}

function documentOf({ user, kind, session }) {
  return {
    user: { id: user.id, name: user.name, full_name: user.full_name }, permissions: grantsOf(user), kind, signed_in_at: session?.started_at ?? instant(),
    expires_at: session?.expires_at ?? null, second_factor: accounts.get(user.name).factor === true,
  };
}

function begun(request, name) {
  const key = randomBytes(16).toString('hex');
  const agent = /Chrome/.test(request.headers['user-agent'] ?? '') ? 'Chromium on Linux' : 'Program';
  sessions.set(key, { id: nextSession++, name, confirmed_at: Date.now(), started_at: instant(), seen_at: instant(), expires_at: instant(1), address: '127.0.0.1', agent });
  return {
    json: documentOf({ user: userNamed(name), kind: 'session', session: sessions.get(key) }),
    headers: { 'Set-Cookie': `${cookieName}=${key}; Path=/; HttpOnly; Secure; SameSite=Strict` },
  };
}

function signIn(request, { name, password, code }) {
  const account = accounts.get(name);
  const failed = failures.get(name) ?? 0;
  if (failed >= 5) throw new Refusal(429, 'kernel.too_many_attempts', 'To sign in, wait a moment: there were too many attempts.', undefined, { 'Retry-After': '20' });
  const fail = (key, sentence) => {
    failures.set(name, failed + 1);
    setTimeout(() => failures.delete(name), 20_000).unref();
    throw new Refusal(401, key, sentence);
  };
  if (!account?.password || account.password !== password) fail('kernel.wrong_credentials', 'To sign in, enter your name and your password as they are: they do not belong together.');
  if (account.factor && code === undefined) throw new Refusal(401, 'kernel.code_required', 'To sign in, also enter the six digits of your second factor.');
  if (account.factor && code !== '123456' && code !== 'aaaa-bbbb') fail('kernel.wrong_code', 'To sign in, enter the six digits that are shown now.');
  failures.delete(name);
  return begun(request, name);
}

function checkPassword(password, hasFactor) {
  const least = hasFactor ? 8 : 15;
  if ([...password].length < least) throw new Refusal(422, 'kernel.weak_password', `To choose a password, take at least ${least} characters.`);
}

function invitation(request, { link, password }) {
  const found = links.get(link);
  if (!found) throw new Refusal(404, 'kernel.link_unknown', 'To come in, ask for a new link: this one was used, is too old, or is not whole.');
  const { name, full_name } = userNamed(found.name);
  if (password === undefined) return { json: { user: { name, full_name }, purpose: found.purpose, company: catalogue.company.name } };
  checkPassword(password, accounts.get(name).factor);
  links.delete(link);
  accounts.get(name).password = password;
  return begun(request, name);
}

const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21">' + Array.from({ length: 441 }, (_, at) => ((at * 7919) % 13 < 6 ? `<path d="M${at % 21} ${Math.floor(at / 21)}h1v1h-1z"/>` : '')).join('') + '</svg>';

const own = {
  'POST confirmation': ({ user, session }, { password }) => {
    if (accounts.get(user.name).password !== password) throw new Refusal(401, 'kernel.wrong_credentials', 'To change this, type your current password: that was another.');
    session.confirmed_at = Date.now();
    return { status: 204 };
  },
  'POST password': ({ user, session }, { current, new: next }) => {
    const account = accounts.get(user.name);
    if (account.password !== current) throw new Refusal(401, 'kernel.wrong_credentials', 'To change your password, enter the one you have now.');
    checkPassword(next, account.factor);
    account.password = next;
    for (const [key, other] of sessions) if (other.name === user.name && other !== session) sessions.delete(key);
    return { status: 204 };
  },
  'POST second-factor': () => ({ json: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Tessera:ada?secret=JBSWY3DPEHPK3PXP', qr: square } }),
  'POST second-factor/confirm': ({ user }, { code }) => {
    if (code !== '123456') throw new Refusal(422, 'kernel.wrong_code', 'To set up the second factor, enter the six digits that are shown now.');
    accounts.get(user.name).factor = true;
    return { json: { recovery_codes: Array.from({ length: 10 }, (_, index) => `${'abcdefghij'[index]}4k7-w9m${index}`) } };
  },
  'POST second-factor/remove': ({ user }, { password }) => {
    if (accounts.get(user.name).password !== password) throw new Refusal(401, 'kernel.wrong_credentials', 'To remove the second factor, enter your password.');
    accounts.get(user.name).factor = false;
    return { status: 204 };
  },
  'GET sessions': ({ user, session }) => ({
    json: { rows: [...sessions.values()].filter((one) => one.name === user.name).map(({ name: _, confirmed_at: __, ...one }) => ({ ...one, current: one.id === session?.id })) },
  }),
  'GET tokens': ({ user }) => ({ json: { rows: [...tokens.values()].filter((one) => one.name === user.name).map(({ name: _, ...one }) => one) } }),
  'POST tokens': (caller, { title, permissions: granted, expires_on }) => {
    requireConfirmed(caller, 'make a token');
    const { user } = caller;
    const id = nextToken++;
    const token = `tsr_${randomBytes(24).toString('base64url')}`;
    tokens.set(id, { id, name: user.name, title, prefix: token.slice(0, 8), permissions: granted, created_at: instant(), expires_on: expires_on ?? null, used_at: null, revoked: false });
    return { status: 201, json: { id, token } };
  },
};

/** /api/session and what is below it. */
export function session(request, [first, second, third], body) {
  const name = [first, second].filter(Boolean).join('/');
  if (name === 'invitation') return invitation(request, body);
  if (!name && request.method === 'POST') return signIn(request, body);
  const caller = callerOf(request);
  if (!name && request.method === 'GET') return { json: documentOf(caller) };
  if (!name) {
    for (const [key, one] of sessions) if (one === caller.session) sessions.delete(key);
    return { status: 204, headers: { 'Set-Cookie': `${cookieName}=; Path=/; Max-Age=0; Secure; HttpOnly` } };
  }
  if (first === 'sessions' && third === 'end') {
    for (const [key, one] of sessions) if (one.id === Number(second)) sessions.delete(key);
    return { status: 204 };
  }
  if (first === 'tokens' && third === 'revoke') {
    tokens.get(Number(second)).revoked = true;
    return { status: 204 };
  }
  const answer = own[`${request.method} ${name}`];
  if (!answer) throw new Refusal(404, 'path.missing', 'There is nothing at this address.');
  return answer(caller, body);
}

/** /api/access/users/<id>/link and …/rights. */
export function ofUser(caller, user, action) {
  if (action === 'link') {
    requireConfirmed(caller, 'make a link');
    const link = randomBytes(18).toString('base64url');
    links.set(link, { name: user.name, purpose: accounts.get(user.name)?.password ? 'reset' : 'invitation' });
    if (!accounts.has(user.name)) accounts.set(user.name, { password: null });
    return { json: { link: `/welcome#${link}`, expires_at: instant(3) } };
  }
  if (caller.kind !== 'open' && !may(caller.user, ofCore.access)) throw new Refusal(403, 'kernel.not_permitted', 'To look at users, ask for the permission access.administer.');
  const roles = user.roles.map(({ role }) => tables['access.role'].find((candidate) => candidate.id === role.id));
  const given = (name) => roles.filter((role) => role.permissions.some((line) => covers(line.permission, name))).map((role) => role.name);
  const rulesOf = (name) => roles.flatMap((role) => role.rules.filter((rule) => rule.entity === name).map((rule) => [`${rule.field} ${rule.operation} ${rule.value}`]));
  return {
    json: {
      permissions: permissions.map((permission) => ({ ...permission, granted: given(permission.name).length > 0, by: given(permission.name) })),
      rules: entities.filter((entity) => entity.menu !== 'hidden').map((entity) => {
        const conditions = rulesOf(entity.name);
        return { entity: entity.name, title: entity.plural, sees: !given(`${entity.module}.read`).length ? 'none' : conditions.length ? 'some' : 'all', conditions };
      }),
      fields: roles.flatMap((role) => role.fields.map(({ entity, field, access }) => ({ entity, field, access }))),
    },
  };
}

const ofCore = { access: 'access.administer', attachments: 'access.administer', jobs: 'jobs.manage', mail: 'mail.manage' };

/** Who changes a record or moves it may add what it rests on. */
export function mayAttach({ user, kind }, entity) {
  return kind === 'open' || may(user, ofCore[entity.module] ?? `${entity.module}.edit`) || Boolean(entity.workflow?.transitions.some((one) => may(user, one.permission)));
}

const titled = (some) => some.map(({ name, title }) => ({ name, title }));

/** The catalogue as this caller may see it. */
export function catalogueFor({ user, kind }) {
  if (kind === 'open') return { ...catalogue, permissions: titled(permissions) };
  const held = permissions.filter(({ name }) => may(user, name));
  const mayRead = (entity) => may(user, ofCore[entity.module] ?? `${entity.module}.read`);
  const mayEdit = (entity) => may(user, ofCore[entity.module] ?? `${entity.module}.edit`);
  const permitted = (workflow) => workflow && { ...workflow, transitions: workflow.transitions.map((one) => ({ ...one, permitted: one.permitted && may(user, one.permission) })) };
  const shown = entities.filter(mayRead).map((entity) => {
    const own = { ...entity, workflow: permitted(entity.workflow), attachable: entity.attachable && mayAttach({ user, kind }, entity) };
    return mayEdit(entity) ? own : { ...own, creatable: false, editable: false, deletable: false };
  });
  const sees = ({ entity, report }) => (entity ? shown.some(({ name }) => name === entity) : may(user, `${report.split('.')[0]}.read`));
  const slots = (some) => some.filter(({ entity, view }) => sees(view) && (!entity || sees({ entity })));
  return { ...catalogue, panels: slots(catalogue.panels), cards: slots(catalogue.cards), pages: catalogue.pages.map((page) => ({ ...page, views: page.views.filter(sees) })), user: { name: user.name, permissions: held.map(({ name }) => name) }, permissions: titled(held), entities: shown };
}
