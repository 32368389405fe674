import { expect, test } from 'vitest';
import { bytesText } from './size';
import { agoText, dueText, durationText, secondsBetween } from './span';

const instant = '2026-11-28T10:00:00.000000Z';
const after = (seconds: number) => Date.parse(instant) + seconds * 1_000;

test.each([[0.4, '0.4 s'], [45, '45 s'], [600, '10 min'], [7_200, '2 h'], [260_000, '3 days']])('format: %d seconds read %s', (seconds, expected) => {
  expect(durationText(seconds)).toBe(expected);
});

test.each([[-40, 'just now'], [0, 'just now'], [2.4, 'just now'], [4, '4 s ago'], [240, '4 min ago'], [7_200, '2 h ago']])('format: %d seconds later reads %s', (seconds, expected) => {
  expect(agoText(instant, after(seconds))).toBe(expected);
});

test.each([[-300, 'in 5 min'], [-1, 'in 1 s'], [0, 'now'], [9, 'now'], [40, '40 s ago'], [1_200, '20 min ago']])('format: what is due is due %d seconds after it as %s', (seconds, expected) => {
  expect(dueText(instant, after(seconds))).toBe(expected);
});

test('format: nothing takes less than no time', () => {
  expect(secondsBetween(instant, '2026-11-28T10:00:12.500000Z')).toBe(12.5);
  expect(secondsBetween(instant, '2026-11-28T09:00:00.000000Z')).toBe(0);
});

test.each([[0, '0 B'], [300, '300 B'], [2_048, '2 KiB'], [12_345, '12 KiB'], [3_565_158, '3.4 MiB'], [187_432_960, '178.8 MiB']])('format: %d bytes read %s', (bytes, expected) => {
  expect(bytesText(bytes)).toBe(expected);
});
