/** A version of a guide as it is being written: steps by their code, and the answers that lead from one to the next. */
export interface GuideStep {
  code: string;
  kind: string;
  text: string;
  /** What the end is: an article, or the kind of a new record. */
  hasAsset: boolean;
  entity: string;
}

export interface GuideAnswer {
  step: string;
  text: string;
  next: string;
}

export interface GuideFault {
  /** The step beside which it is said; null of the guide as a whole. */
  code: string | null;
  text: string;
}

export interface GuideNode {
  code: string;
  /** Its place in the list of steps. */
  place: number;
  /** Shown before on another way: what follows is not repeated. */
  isRepeated: boolean;
  answers: { place: number; next: GuideNode | null }[];
}

export interface GuideTree {
  roots: GuideNode[];
}

/** The steps that no answer leads to: of a whole guide the one where walks begin. */
export function startsOf(steps: GuideStep[], answers: GuideAnswer[]): number[] {
  return steps.flatMap(({ code }, place) => (answers.some(({ next }) => next === code) ? [] : [place]));
}

/** Every step once with what follows, first from where walks begin; what only leads to itself stands last. */
export function treeOf(steps: GuideStep[], answers: GuideAnswer[]): GuideTree {
  const shown = new Set<number>();
  const placeOf = (code: string) => steps.findIndex((step) => step.code === code);
  const node = (place: number): GuideNode => {
    const { code } = steps[place]!;
    if (shown.has(place)) return { code, place, isRepeated: true, answers: [] };
    shown.add(place);
    const own = answers.flatMap((answer, index) => (answer.step === code && placeOf(code) === place ? [{ answer, index }] : []));
    return { code, place, isRepeated: false, answers: own.map(({ answer, index }) => ({ place: index, next: placeOf(answer.next) < 0 ? null : node(placeOf(answer.next)) })) };
  };
  const roots = startsOf(steps, answers).map(node);
  for (let place = 0; place < steps.length; place += 1) if (!shown.has(place)) roots.push(node(place));
  return { roots };
}

/** What stands in the way of publishing, in the words in which the server refuses it, each beside its step. */
export function faultsOf(steps: GuideStep[], answers: GuideAnswer[]): GuideFault[] {
  if (steps.length === 0) return [{ code: null, text: 'Begin with a question.' }];
  return [...stepFaults(steps, answers), ...answerFaults(steps, answers), ...wayFaults(steps, answers)];
}

function stepFaults(steps: GuideStep[], answers: GuideAnswer[]): GuideFault[] {
  return steps.flatMap((step, place) => {
    const { code, kind } = step;
    const goesOn = answers.some((answer) => answer.step === code);
    const say = (text: string) => [{ code, text }];
    if (steps.findIndex((other) => other.code === code) !== place) return say(`The code “${code}” is used twice.`);
    if (step.text.trim() === '') return say(kind === 'question' ? 'Write what is asked.' : 'Write what is to be done.');
    if (kind === 'question') return goesOn ? [] : say('Give the question its answers, or say that it is an end.');
    if (goesOn) return say('Take the answers off: it is an end. Or make it a question.');
    if (kind === 'article' && !step.hasAsset) return say('Choose the article it ends in.');
    if (kind === 'new_record' && step.entity === '') return say('Choose what is made.');
    return [];
  });
}

function answerFaults(steps: GuideStep[], answers: GuideAnswer[]): GuideFault[] {
  return answers.flatMap(({ step, text, next }, place) => {
    if (text.trim() === '') return [{ code: step, text: 'Write the answer, or take it away.' }];
    if (answers.findIndex((other) => other.step === step && other.text === text) !== place) return [{ code: step, text: `The answer “${text}” is there twice.` }];
    return steps.some(({ code }) => code === next) ? [] : [{ code: step, text: `Say where “${text}” leads.` }];
  });
}

function wayFaults(steps: GuideStep[], answers: GuideAnswer[]): GuideFault[] {
  const starts = startsOf(steps, answers);
  if (starts.length === 0) return [{ code: null, text: 'Leave one step to which no answer leads: walks begin there.' }];
  const unreached = starts.slice(1).map((place) => ({ code: steps[place]!.code, text: 'No answer leads here. Let one do so, or take it away.' }));
  const circles = inCircles(steps, answers).map((code) => ({ code, text: 'A way comes back here: let it end instead.' }));
  return [...unreached, ...circles];
}

/** Steps are done once every answer that leads to them is; what is never done stands in a circle, and some behind one. */
function inCircles(steps: GuideStep[], answers: GuideAnswer[]): string[] {
  const known = answers.filter(({ step, next }) => steps.some(({ code }) => code === step) && steps.some(({ code }) => code === next));
  const waiting = new Map(steps.map(({ code }) => [code, known.filter(({ next }) => next === code).length]));
  const ready = [...waiting].filter(([, count]) => count === 0).map(([code]) => code);
  while (ready.length > 0) {
    const done = ready.pop()!;
    waiting.delete(done);
    for (const { step, next } of known) {
      if (step !== done) continue;
      const left = (waiting.get(next) ?? 0) - 1;
      if (waiting.has(next)) waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  const leads = (from: string, to: string, seen = new Set<string>()): boolean =>
    known.some(({ step, next }) => step === from && (next === to || (!seen.has(next) && leads(next, to, seen.add(next)))));
  return [...waiting.keys()].filter((code) => leads(code, code));
}

/** A code for a step that nobody has named: "s7", the first that is free. */
export function freeCode(steps: { code: string }[]): string {
  for (let number = steps.length + 1; ; number += 1) if (!steps.some(({ code }) => code === `s${number}`)) return `s${number}`;
}
