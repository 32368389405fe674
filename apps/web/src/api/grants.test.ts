import { expect, test } from 'vitest';
import { grants, withoutCovered } from './grants';

test.each([
  [['purchasing.approve'], 'purchasing.approve', true],
  [['purchasing.approve'], 'purchasing.close', false],
  [['purchasing.*'], 'purchasing.close', true],
  [['purchasing.*'], 'purchasing_extra.close', false],
  [['*.read'], 'inventory.read', true],
  [['*.read'], 'inventory.reread', false],
  [['*'], 'anything.at_all', true],
  [[], 'purchasing.read', false],
  [['*.read'], 'purchasing.*', false],
  [['purchasing.*'], 'purchasing.*', true],
  [['*'], '*.read', true],
])('access: who has %j and asks for %s: %s', (granted, permission, expected) => {
  expect(grants(granted, permission)).toBe(expected);
});

test('access: what a pattern covers need not be said again', () => {
  expect(withoutCovered(['purchasing.approve', 'purchasing.*', '*.read', 'inventory.read', 'inventory.post'])).toEqual(['purchasing.*', '*.read', 'inventory.post']);
});
