import { useQuery } from '@tanstack/react-query';
import type { Entity } from '../api/contract';
import { ProblemAlert } from '../shell/page';
import { recordViewQuery, shortened, type DifferenceLine, type ShownLine } from './asset';

/** The lines that came and went with a revision. A sign and a word say it beside the colour. */
export function Difference({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordViewQuery<{ lines: DifferenceLine[] }>(entity, id, 'difference'));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <p className="soft">…</p>;
  const lines = shortened(data.lines);
  if (!data.lines.some(({ did }) => did !== 'kept')) return <p className="soft difference-none">The text stayed as it was.</p>;
  return <div className="difference" role="group" aria-label="What changed" tabIndex={0}>{lines.map((line, index) => <Line key={index} line={line} />)}</div>;
}

function Line({ line }: { line: ShownLine }) {
  if (line.did === 'skipped') return <div data-did="skipped">{line.count === 1 ? 'one line' : `${line.count} lines`} as before</div>;
  const text = line.text === '' ? '\u00a0' : line.text;
  if (line.did === 'added') return <div data-did="added"><span aria-hidden>+</span><ins><span className="hidden-text">added: </span>{text}</ins></div>;
  if (line.did === 'removed') return <div data-did="removed"><span aria-hidden>−</span><del><span className="hidden-text">removed: </span>{text}</del></div>;
  return <div><span aria-hidden> </span><span>{text}</span></div>;
}
