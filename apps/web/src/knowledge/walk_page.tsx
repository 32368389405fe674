import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow, Reference } from '../api/contract';
import { recordQuery } from '../api/queries';
import { TransitionDialog } from '../form/transition_dialog';
import { useFollowing } from '../live/following';
import { listAddress, newRecordAddress, recordAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { Article } from './article';
import { markdownQuery, permittedTransition, recordViewQuery } from './asset';
import './knowledge.css';
import { taken, useMoving } from './use_moving';
import './walk.css';

interface Here {
  state: string;
  guide: Reference;
  step?: { code: string; kind: string; text: string; asset: Reference | null; entity: string | null };
  answers: string[];
  path: { step: string; question: string; answer: string }[];
}

/** A guide as it is walked with somebody: one question, its answers under the digits, and the way that led here. */
export default function WalkPage({ entity, id }: { entity: Entity; id: number | null }) {
  if (id !== null) return <Walk entity={entity} id={id} />;
  return <Page title="Walk a guide" crumb={{ label: entity.plural, to: listAddress(entity) }}><p className="soft">A walk begins at the record it is for: choose “Walk a guide” beside it.</p></Page>;
}

function Walk({ entity, id }: { entity: Entity; id: number }) {
  const record = useQuery(recordQuery(entity, id));
  const here = useQuery(recordViewQuery<Here>(entity, id, 'here'));
  useFollowing(`record=${entity.name}/${id}`);
  const title = here.data?.guide.label ?? labelOf(record.data?.['guide']) ?? entity.title;
  return (
    <Page
      title={title || entity.title} crumb={{ label: entity.plural, to: listAddress(entity) }} badge={record.data && <StateBadge entity={entity} state={String(record.data['state'])} />}
      actions={record.data && <WalkActions entity={entity} id={id} record={record.data} />}
    >
      <ProblemAlert error={record.error ?? here.error} />
      {record.data && here.data && <WalkedStep entity={entity} id={id} record={record.data} here={here.data} />}
    </Page>
  );
}

function WalkActions({ entity, id, record }: { entity: Entity; id: number; record: RecordRow }) {
  const catalogue = useCatalogue();
  const [isLeaving, leave] = useState(false);
  const { isBusy, problem, move } = useMoving(entity, id);
  const transition = permittedTransition(entity, record, 'leave');
  const about = catalogue.entity(labelOf(record['entity']));
  return (
    <>
      {about && <Button variant="default" onClick={() => void navigate(recordAddress(about, Number(record['record'])))}>Back to the {about.title.toLowerCase()}</Button>}
      {transition && <Button variant="subtle" color="gray" onClick={() => leave(true)}>{transition.label}</Button>}
      {isLeaving && transition && <TransitionDialog entity={entity} transition={transition} problem={problem} isBusy={isBusy} onClose={() => leave(false)} run={async (input) => (await move(transition, input)) !== null} />}
    </>
  );
}

function WalkedStep({ entity, id, record, here }: { entity: Entity; id: number; record: RecordRow; here: Here }) {
  const { isBusy, problem, move } = useMoving(entity, id);
  const answering = permittedTransition(entity, record, 'answer');
  const back = permittedTransition(entity, record, 'back');
  const settle = record['solved'] === 'unknown' ? permittedTransition(entity, record, 'settle') : undefined;
  const finish = permittedTransition(entity, record, 'finish') ?? settle;
  const heading = useRef<HTMLHeadingElement>(null);
  const { step, path } = here;
  const answer = (text: string) => answering && void move(answering, { answer: text }, '');
  const goBack = () => back && void move(back, {}, '');
  useDigits(answering && !isBusy ? here.answers : [], answer, back && path.length > 0 && !isBusy ? goBack : null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [step?.code]);
  return (
    <div className="walk">
      <section className="panel walk-step" aria-label="Where the walk stands">
        <ProblemAlert error={problem} />
        {step && <h2 ref={heading} tabIndex={-1}>{step.text}</h2>}
        {answering && (
          <ul className="walk-answers" aria-label="Answers">
            {here.answers.map((text, index) => (
              <li key={text}><button type="button" disabled={isBusy} aria-keyshortcuts={index < 9 ? String(index + 1) : undefined} onClick={() => answer(text)}><kbd aria-hidden>{index + 1}</kbd>{text}</button></li>
            ))}
          </ul>
        )}
        {step && step.kind !== 'question' && <Leaf step={step} />}
        {finish && <Finish isSettling={finish === settle} isBusy={isBusy} send={(said) => void move(finish, taken(finish, said), finish === settle ? 'Noted whether it helped' : 'The walk is finished')} />}
        {record['state'] === 'finished' && <p className="walk-outcome">{outcomeText(labelOf(record['solved']))}{labelOf(record['note']) && <span className="soft"> {labelOf(record['note'])}</span>}</p>}
        {back && path.length > 0 && <Button variant="subtle" color="gray" size="compact-sm" disabled={isBusy} aria-keyshortcuts="Backspace" onClick={goBack}>One question back</Button>}
      </section>
      {path.length > 0 && (
        <section className="panel walk-path" aria-label="The way here">
          <ol>{path.map((one, index) => <li key={index}><span className="soft">{one.question}</span> <b>{one.answer}</b></li>)}</ol>
        </section>
      )}
    </div>
  );
}

function Leaf({ step }: { step: NonNullable<Here['step']> }) {
  const catalogue = useCatalogue();
  const assets = catalogue.entity('knowledge.asset');
  const made = catalogue.entity(step.entity);
  return (
    <div className="walk-leaf">
      {step.asset && assets && <LeafArticle assets={assets} asset={step.asset} />}
      {made?.creatable && <Button variant="default" onClick={() => void navigate(newRecordAddress(made))}>New {made.title.toLowerCase()}</Button>}
    </div>
  );
}

function LeafArticle({ assets, asset }: { assets: Entity; asset: Reference }) {
  const { data: record } = useQuery(recordQuery(assets, asset.id));
  const { data: text } = useQuery(markdownQuery(labelOf(record?.['body'])));
  return (
    <>
      <p><Link className="plain-link" to={recordAddress(assets, asset.id)}>{asset.label}</Link> {record && <StateBadge entity={assets} state={String(record['state'])} />}</p>
      {text && <div className="walk-article"><Article html={text.html} label={asset.label} /></div>}
    </>
  );
}

function Finish({ isSettling, isBusy, send }: { isSettling: boolean; isBusy: boolean; send: (said: { solved: string; note: string }) => void }) {
  const [note, setNote] = useState('');
  const ways = [['yes', 'Yes, solved'], ['no', 'No'], ...(isSettling ? [] : [['unknown', 'Not known yet'] as const])] as const;
  return (
    <div className="walk-finish">
      <Textarea label="Note" autosize minRows={1} maxRows={6} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <div role="group" aria-label="Did it help?">
        <b>Did it help?</b>
        {ways.map(([solved, label]) => <Button key={solved} variant={solved === 'yes' ? 'filled' : 'default'} size="compact-sm" loading={isBusy} onClick={() => send({ solved, note: note.trim() })}>{label}</Button>)}
      </div>
    </div>
  );
}

function outcomeText(solved: string): string {
  return { yes: 'It helped.', no: 'It did not help.' }[solved] ?? 'Whether it helped is not known yet.';
}

/** A digit answers, Backspace goes back, where nobody is typing. */
function useDigits(answers: string[], answer: (text: string) => void, back: (() => void) | null) {
  const latest = useRef({ answers, answer, back });
  useEffect(() => { latest.current = { answers, answer, back }; });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || (event.target instanceof Element && event.target.closest('input, textarea, select')) || document.querySelector('[role=dialog]')) return;
      const chosen = /^[1-9]$/.test(event.key) ? latest.current.answers[Number(event.key) - 1] : undefined;
      if (chosen) latest.current.answer(chosen);
      else if (event.key === 'Backspace' && latest.current.back) latest.current.back();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
