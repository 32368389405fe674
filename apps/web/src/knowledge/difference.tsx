import { useQuery } from '@tanstack/react-query';
import type { Entity } from '../api/contract';
import { humanised } from '../format/value_text';
import { ProblemAlert } from '../shell/page';
import { recordViewQuery, shortened, type DifferenceLine, type ShownLine } from './asset';

/** The lines that came and went with a revision. A sign and a word say it beside the colour. */
export function Difference({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordViewQuery<{ lines: DifferenceLine[] }>(entity, id, 'difference'));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <p className="soft">…</p>;
  const parts = [...new Set(data.lines.map(({ part }) => part))].map((part) => ({ part, lines: data.lines.filter((line) => line.part === part) })).filter(({ lines }) => lines.some(({ change }) => change !== 'kept'));
  if (parts.length === 0) return <p className="soft difference-none">The text stayed as it was.</p>;
  return <div className="difference" role="group" aria-label="What changed" tabIndex={0}>{parts.map(({ part, lines }) => <Part key={part} title={parts.length > 1 || part !== 'body' ? humanised(part) : ''} lines={shortened(lines)} />)}</div>;
}

function Part({ title, lines }: { title: string; lines: ShownLine[] }) {
  return <>{title && <div data-part>{title}</div>}{lines.map((line, index) => <Line key={index} line={line} />)}</>;
}

function Line({ line }: { line: ShownLine }) {
  if (line.change === 'skipped') return <div data-did="skipped">{line.count === 1 ? 'one line' : `${line.count} lines`} as before</div>;
  const text = line.text === '' ? '\u00a0' : line.text;
  if (line.change === 'added') return <div data-did="added"><span aria-hidden>+</span><ins><span className="hidden-text">added: </span>{text}</ins></div>;
  if (line.change === 'removed') return <div data-did="removed"><span aria-hidden>−</span><del><span className="hidden-text">removed: </span>{text}</del></div>;
  return <div><span aria-hidden> </span><span>{text}</span></div>;
}
