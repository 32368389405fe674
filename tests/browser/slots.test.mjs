// node --test tests/browser/slots.test.mjs
// What modules put into pages that are not their own, and fields that an operator adds: against the mock, or against a real
// server as in browser.test.mjs as far as its company has them.
import { after } from 'node:test';
import { customFields } from './custom_fields.mjs';
import { slots } from './slots.mjs';
import { openWorld } from './world.mjs';

const world = await openWorld();
after(() => world.close());

slots(world);
customFields(world);
