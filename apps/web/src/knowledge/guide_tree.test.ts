import { describe, expect, it } from 'vitest';
import { faultsOf, freeCode, treeOf, type GuideAnswer, type GuideNode, type GuideStep } from './guide_tree';

const question = (code: string, text = code): GuideStep => ({ code, kind: 'question', text, hasAsset: false, entity: '' });
const remedy = (code: string, text = code): GuideStep => ({ code, kind: 'remedy', text, hasAsset: false, entity: '' });
const ways = (...some: [string, string, string][]): GuideAnswer[] => some.map(([step, text, next]) => ({ step, text, next }));
const drawn = (node: GuideNode | null): string => (node === null ? '?' : node.isRepeated ? `(${node.code})` : node.answers.length === 0 ? node.code : `${node.code}[${node.answers.map(({ next }) => drawn(next)).join(' ')}]`);

describe('a guide as a tree', () => {
  it.each([
    ['each step below the answer that leads to it', [question('a'), remedy('b'), remedy('c')], ways(['a', 'yes', 'b'], ['a', 'no', 'c']), 'a[b c]'],
    ['a step of two ways once', [question('a'), question('b'), remedy('c')], ways(['a', 'yes', 'b'], ['a', 'no', 'c'], ['b', 'yes', 'c']), 'a[b[c] (c)]'],
    ['what nothing leads to beside it', [question('a'), remedy('b'), remedy('c')], ways(['a', 'yes', 'b']), 'a[b] c'],
    ['a circle without going round', [question('a'), question('b')], ways(['a', 'yes', 'b'], ['b', 'yes', 'a']), 'a[b[(a)]]'],
    ['an answer that leads nowhere', [question('a')], ways(['a', 'yes', 'x']), 'a[?]'],
  ])('shows %s', (_, steps, answers, tree) => {
    expect(treeOf(steps, answers).roots.map(drawn).join(' ')).toBe(tree);
  });
});

describe('what stands in the way of publishing', () => {
  const said = (steps: GuideStep[], answers: GuideAnswer[]) => faultsOf(steps, answers).map(({ code, text }) => `${code ?? '-'}: ${text.split(/[.,:“]/)[0]}`);

  it.each<[string, GuideStep[], GuideAnswer[], string[]]>([
    ['nothing', [question('a'), remedy('b'), remedy('c')], ways(['a', 'yes', 'b'], ['a', 'no', 'c']), []],
    ['no step at all', [], [], ['-: Begin with a question']],
    ['a code twice', [question('a'), remedy('b'), remedy('b')], ways(['a', 'yes', 'b']), ['b: The code ']],
    ['a question without answers', [question('a')], [], ['a: Give the question its answers']],
    ['an end that goes on', [question('a'), remedy('b'), remedy('c')], ways(['a', 'yes', 'b'], ['b', 'no', 'c']), ['b: Take the answers off']],
    ['an article that is none', [question('a'), { ...remedy('b'), kind: 'article' }], ways(['a', 'yes', 'b']), ['b: Choose the article it ends in']],
    ['a record of no kind', [question('a'), { ...remedy('b'), kind: 'new_record' }], ways(['a', 'yes', 'b']), ['b: Choose what is made']],
    ['an answer that leads nowhere', [question('a'), remedy('b')], ways(['a', 'yes', 'b'], ['a', 'no', '']), ['a: Say where ']],
    ['an answer twice', [question('a'), remedy('b')], ways(['a', 'yes', 'b'], ['a', 'yes', 'b']), ['a: The answer ']],
    ['a step that is never reached', [question('a'), remedy('b'), remedy('c')], ways(['a', 'yes', 'b']), ['c: No answer leads here']],
    ['a way that comes back', [question('a'), question('b'), question('c')], ways(['a', 'yes', 'b'], ['b', 'yes', 'c'], ['c', 'no', 'b']), ['b: A way comes back here', 'c: A way comes back here']],
    ['no beginning', [question('a'), question('b')], ways(['a', 'yes', 'b'], ['b', 'no', 'a']), ['-: Leave one step to which no answer leads']],
    ['a question that asks nothing', [question('a', ' '), remedy('b')], ways(['a', 'yes', 'b']), ['a: Write what is asked']],
  ])('%s', (_, steps, answers, faults) => {
    expect(said(steps, answers)).toEqual(faults);
  });

  it('a code is found that nobody has', () => {
    expect(freeCode([question('s1'), question('s3')])).toBe('s4');
    expect(freeCode([question('a'), question('s2')])).toBe('s3');
  });
});
