import { Component, useId, useState, type ComponentType, type ReactNode } from 'react';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import type { ChartProps } from './chart';

/** What every view has around it: where it stands, whether it is open, how it is called. */
export interface ViewPlace {
  title: string;
  /** Under this name it is remembered that it was folded; without, it cannot be. */
  foldedAs?: string | undefined;
  /** Draws its chart where there is room for a large one. */
  chart?: ComponentType<ChartProps>;
}

interface ViewFrameProps {
  place: ViewPlace;
  kind: string;
  fold: Fold;
  subtitle: string | null;
  link: { to: string; label: string };
  error: unknown;
  isPending: boolean;
  isEmpty: boolean;
  children: ReactNode;
}

/** A panel that is quiet when it is empty and keeps its own mistakes to itself. */
export function ViewFrame({ place: { title, foldedAs }, kind, fold, subtitle, link, error, isPending, isEmpty, children }: ViewFrameProps) {
  const body = useId();
  const isQuiet = isEmpty && !error && fold.isOpen;
  return (
    <section className="panel view" data-kind={kind} data-closed={isQuiet || !fold.isOpen ? '' : undefined} aria-label={title}>
      <div className="panel-head">
        <h2>
          {foldedAs && !isQuiet
            ? <button type="button" className="view-fold" aria-expanded={fold.isOpen} aria-controls={body} onClick={fold.turn}><Icon name="chevron" size={12} />{title}</button>
            : title}
        </h2>
        {isQuiet && <span className="soft">Nothing yet</span>}
        <div className="page-head-fill" />
        {!isQuiet && <Link className="plain-link no-print" to={link.to}>{link.label}<span className="hidden-text">: {title}</span></Link>}
      </div>
      {fold.isOpen && !isQuiet && (
        <div className="panel-body" id={body}>
          {subtitle && <p className="soft view-subtitle">{subtitle}</p>}
          <ProblemAlert error={error} />
          {isPending && !error && <span className="soft" role="status" aria-label={`${title} is being fetched`}>…</span>}
          {!isPending && !error && <ViewBoundary>{children}</ViewBoundary>}
        </div>
      )}
    </section>
  );
}

export interface Fold {
  isOpen: boolean;
  turn: () => void;
}

/** What is folded is not asked for, here and the next time. */
export function useFold(name: string | undefined): Fold {
  const key = `tessera.folded.${name}`;
  const [isOpen, setOpen] = useState(() => name === undefined || localStorage.getItem(key) === null);
  const turn = () => {
    if (isOpen) localStorage.setItem(key, '');
    else localStorage.removeItem(key);
    setOpen(!isOpen);
  };
  return { isOpen, turn };
}

/** What cannot be drawn is missing where it stood, and nowhere else. */
class ViewBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error ? <ProblemAlert error={this.state.error} title="This could not be drawn" /> : this.props.children;
  }
}
