import { Link } from '../shell/router';
import type { FigureText } from './figure';

export function Figure({ figure, address }: { figure: FigureText | null; address: string }) {
  if (!figure) return <p className="soft">The report gives no single figure.</p>;
  return (
    <Link className="figure" to={address}>
      <b>{figure.text}</b> <span className="soft">{figure.unit}</span>
    </Link>
  );
}
