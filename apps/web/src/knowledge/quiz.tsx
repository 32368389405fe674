import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Entity } from '../api/contract';
import { recordViewQuery } from './asset';

interface QuizView {
  pass_percent: number;
  best_score: number | null;
  questions: { question: string; answers: { letter: string; text: string }[] }[];
}

/** The questions that show whether a text was understood; undefined where the company asks none. */
export function useQuiz(entity: Entity, id: number): QuizView | undefined {
  return useQuery({ ...recordViewQuery<QuizView>(entity, id, 'quiz'), retry: false }).data;
}

export function Quiz({ quiz, isBusy, send }: { quiz: QuizView; isBusy: boolean; send: (letters: string) => void }) {
  const [letters, setLetters] = useState<Record<number, string>>({});
  const isWhole = quiz.questions.every((_, index) => letters[index]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) send(quiz.questions.map((_, index) => letters[index]).join(', '));
  };
  return (
    <form className="quiz" onSubmit={submit}>
      <p role="status">
        <b>Have you understood it?</b> {quiz.pass_percent} % of the answers have to be right.
        {quiz.best_score !== null && ` Last time ${quiz.best_score} % were: read it again and try once more.`}
      </p>
      {quiz.questions.map(({ question, answers }, index) => (
        <fieldset key={index}>
          <legend>{question}</legend>
          {answers.map(({ letter, text }) => (
            <label key={letter}><input type="radio" name={`question-${index}`} checked={letters[index] === letter} onChange={() => setLetters((now) => ({ ...now, [index]: letter }))} /> {text}</label>
          ))}
        </fieldset>
      ))}
      <Button type="submit" size="compact-sm" loading={isBusy} disabled={!isWhole}>Answer</Button>
    </form>
  );
}
