import { describe, expect, it } from 'vitest';
import { headed, inserted, linkTo, prefixed, wrapped, type TextEdit } from './markdown_edit';

const done = (text: string, { from, to, insert }: TextEdit) => text.slice(0, from) + insert + text.slice(to);
const chosen = (text: string, edit: TextEdit) => done(text, edit).slice(edit.selectFrom, edit.selectTo);

describe('marks around words', () => {
  it('come, stay chosen inside, and go again', () => {
    const edit = wrapped('a bold word', 2, 6, '**', 'bold');
    expect(done('a bold word', edit)).toBe('a **bold** word');
    expect(chosen('a bold word', edit)).toBe('bold');
    expect(done('a **bold** word', wrapped('a **bold** word', 4, 8, '**', 'bold'))).toBe('a bold word');
  });

  it('stand around a word to write over where nothing was chosen', () => {
    expect(done('ab', wrapped('ab', 1, 1, '*', 'emphasis'))).toBe('a*emphasis*b');
  });
});

describe('lists', () => {
  const dashed = () => '- ';
  const counted = (index: number) => `${index + 1}. `;

  it.each([
    ['a line where the cursor stands', 'one\ntwo', 5, 5, dashed, 'one\n- two'],
    ['all lines that are chosen', 'one\ntwo', 0, 7, dashed, '- one\n- two'],
    ['lines that are counted', 'one\ntwo\nthree', 0, 13, counted, '1. one\n2. two\n3. three'],
    ['back to plain lines', '- one\n- two', 0, 11, dashed, 'one\ntwo'],
    ['all, where some have the mark', '- one\ntwo', 0, 9, dashed, '- - one\n- two'],
  ])('%s', (_, text, from, to, mark, after) => {
    expect(done(text, prefixed(text, from, to, mark))).toBe(after);
  });
});

describe('headings', () => {
  it.each([
    ['What to do', 2, '## What to do'],
    ['## What to do', 3, '### What to do'],
    ['## What to do', 2, 'What to do'],
    ['', 2, '## Heading'],
  ])('%s as level %i', (text, level, after) => {
    expect(done(text, headed(text, 0, level))).toBe(after);
  });
});

describe('blocks and links', () => {
  it('stand on their own below the line', () => {
    expect(done('text', inserted('text', 2, '| a |'))).toBe('text\n\n| a |\n');
    expect(done('', inserted('', 0, '| a |'))).toBe('| a |\n');
  });

  it('keep a title with brackets and an address with spaces whole', () => {
    expect(linkTo('Crank [left]', '/catalog/products/7')).toBe('[Crank \\[left\\]](/catalog/products/7)');
    expect(linkTo('x', '/a b)')).toBe('[x](/a%20b%29)');
  });
});
