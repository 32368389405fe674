import { Alert } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { sentenceOf } from '../api/problem';
import { Link } from './router';

interface PageProps {
  title: string;
  /** Shown beside the title: a state, a count. */
  badge?: ReactNode;
  crumb?: { label: string; to: string };
  actions?: ReactNode;
  help?: string | null | undefined;
  /** The page takes the height of the window and scrolls inside. */
  fills?: boolean;
  children: ReactNode;
}

export function Page({ title, badge, crumb, actions, help, fills, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tessera`;
  }, [title]);
  return (
    <div className="page" data-fills={fills ? '' : undefined}>
      <div className="page-head">
        <div>
          {crumb && <Link className="page-crumb" to={crumb.to}>{crumb.label}</Link>}
          <h1>{title}</h1>
        </div>
        {badge}
        <div className="page-head-fill" />
        {actions}
      </div>
      {help && <p className="page-help no-print">{help}</p>}
      {children}
    </div>
  );
}

export function Panel({ title, actions, className, children }: { title: string; actions?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <section className={`panel ${className ?? ''}`}>
      <div className="panel-head">
        <h2>{title}</h2>
        <div className="page-head-fill" />
        {actions}
      </div>
      <div className="panel-body">{children}</div>
    </section>
  );
}

export function ProblemAlert({ error, title }: { error: unknown; title?: string }) {
  if (!error) return null;
  return (
    <Alert color="red" role="alert" title={title} className="problem">
      {sentenceOf(error)}
    </Alert>
  );
}

export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title}>
      <div className="message-page">{children}</div>
    </Page>
  );
}
