// node --test tests/browser/browser.test.mjs
// The browser interface against the real server (TESSERA_PROGRAM=build/dev/bin/tessera), or against the mock when it is unset.
// Needs apps/web installed and built: npm ci && npm run build.
import { after } from 'node:test';
import { access } from './access.mjs';
import { attachments } from './attachments.mjs';
import { documents } from './documents.mjs';
import { figures } from './figures.mjs';
import { following } from './following.mjs';
import { lists } from './lists.mjs';
import { operation } from './operation.mjs';
import { openWorld } from './world.mjs';

const world = await openWorld();
after(() => world.close());

lists(world);
documents(world);
attachments(world);
following(world);
figures(world);
access(world);
operation(world);
