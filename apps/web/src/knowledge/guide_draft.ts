import { useMemo } from 'react';
import { fieldNamed } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { blankLine, linesOf, type Draft, type DraftLine } from '../form/draft';
import type { RecordEditor } from '../form/record_editor';
import { freeCode, type GuideAnswer, type GuideStep } from './guide_tree';

const textOf = (line: DraftLine, name: string) => (typeof line.values[name] === 'string' ? line.values[name] : '');

/** The steps and answers of a version as they are typed, and what may be done with them; places are those in the lists. */
export function useGuideDraft(entity: Entity, editor: RecordEditor) {
  const stepLines = linesOf(editor.draft, 'steps');
  const answerLines = linesOf(editor.draft, 'answers');
  const steps = useMemo<GuideStep[]>(() => stepLines.map((line) => ({ code: textOf(line, 'code'), kind: textOf(line, 'kind') || 'question', text: textOf(line, 'text'), hasAsset: line.values['asset'] != null, entity: textOf(line, 'entity') })), [stepLines]);
  const answers = useMemo<GuideAnswer[]>(() => answerLines.map((line) => ({ step: textOf(line, 'step'), text: textOf(line, 'text'), next: textOf(line, 'next_step') })), [answerLines]);
  const fieldsOf = (name: string): Field[] => {
    const field = fieldNamed(entity, name);
    return field ? editor.lineFieldsOf(field) : [];
  };
  const setSteps = (lines: DraftLine[]) => editor.setField('steps', lines);
  const setAnswers = (lines: DraftLine[]) => editor.setField('answers', lines);
  const newLine = (name: string, values: Draft): DraftLine => {
    const line = blankLine(fieldsOf(name));
    return { ...line, values: { ...line.values, ...values } };
  };
  const changed = (lines: DraftLine[], place: number, values: Draft) => lines.map((line, index) => (index === place ? { ...line, values: { ...line.values, ...values } } : line));

  return {
    steps, answers, stepLines, kinds: fieldsOf('steps').find(({ name }) => name === 'kind')?.choices ?? [],
    changeStep: (place: number, values: Draft) => setSteps(changed(stepLines, place, values)),
    changeAnswer: (place: number, values: Draft) => setAnswers(changed(answerLines, place, values)),
    addStep: () => setSteps([...stepLines, newLine('steps', { code: freeCode(steps), kind: 'question', text: '' })]),
    addAnswer: (code: string) => setAnswers([...answerLines, newLine('answers', { step: code, text: '', next_step: '' })]),
    /** A new step to which this answer leads. */
    leadOn: (place: number) => {
      const code = freeCode(steps);
      setSteps([...stepLines, newLine('steps', { code, kind: 'remedy', text: '' })]);
      setAnswers(changed(answerLines, place, { next_step: code }));
    },
    removeAnswer: (place: number) => setAnswers(answerLines.filter((_, index) => index !== place)),
    /** With its own answers; answers that led to it lead nowhere. */
    removeStep: (place: number) => {
      const code = steps[place]?.code;
      setSteps(stepLines.filter((_, index) => index !== place));
      setAnswers(answerLines.flatMap((line) => (textOf(line, 'step') === code ? [] : [textOf(line, 'next_step') === code ? { ...line, values: { ...line.values, next_step: '' } } : line])));
    },
  };
}

export type GuideDraft = ReturnType<typeof useGuideDraft>;
