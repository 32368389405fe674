import { Loader } from '@mantine/core';
import { Component, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useSession } from '../access/session';
import { useCatalogue } from '../api/catalogue';
import { grants } from '../api/grants';
import { useFreshCatalogue } from '../live/fresh_catalogue';
import { destinationOf } from './addresses';
import { Header } from './header';
import { later } from './later';
import { LeaveQuestion } from './leave_question';
import { Navigation } from './navigation';
import { MessagePage, ProblemAlert } from './page';
import { Dashboard, DeclaredPage, fetchUsualPages, ListPage, RecordPage, ReportIndex, ReportPage } from './pages';
import { Link, usePlace } from './router';
import { recordPages, specialReports, type Capture, type OwnPage } from './special_pages';

const QuickOpen = later(() => import('./quick_open'));

export function Shell() {
  const [isFolded, setFolded] = useState(false);
  const [quickOpens, setQuickOpens] = useState(0);
  const openQuick = () => setQuickOpens((count) => count + 1);
  const [capture, setCapture] = useState<Capture | null>(null);
  const Captured = capture?.dialog;
  useShortcut('k', openQuick);
  const place = usePlace();
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([fetchUsualPages(), QuickOpen.fetch()]).catch(() => undefined), 1200);
    return () => clearTimeout(timer);
  }, []);
  useFreshCatalogue();

  const { path } = place;
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    if (matchMedia('(max-width: 800px)').matches) setFolded(false);
  }, [path]);

  return (
    <div className="shell" data-folded={isFolded ? '' : undefined}>
      <a className="skip-link" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        Skip to content
      </a>
      <Header onQuickOpen={openQuick} onCapture={setCapture} onFold={() => setFolded(!isFolded)} />
      <Navigation />
      <main id="main" ref={main} tabIndex={-1}>
        <PageBoundary key={path}>
          <Suspense fallback={<div className="message-page" role="status" aria-label="Loading"><Loader size="sm" aria-hidden /></div>}>
            <CurrentPage />
          </Suspense>
        </PageBoundary>
      </main>
      {quickOpens > 0 && <Suspense><QuickOpen key={quickOpens} onCapture={setCapture} /></Suspense>}
      {Captured && <Suspense><Captured onClose={() => setCapture(null)} /></Suspense>}
      <LeaveQuestion />
    </div>
  );
}

function CurrentPage() {
  const catalogue = useCatalogue();
  const { path, search } = usePlace();
  const destination = destinationOf(catalogue, path);
  switch (destination.page) {
    case 'dashboard': return <Dashboard />;
    case 'reports': return <ReportIndex />;
    case 'declared': return <DeclaredPage declared={destination.declared} />;
    case 'own': return <OwnPlace own={destination.own} />;
    case 'list': return <ListPage key={destination.entity.name} entity={destination.entity} />;
    case 'record': {
      const { entity, id } = destination;
      const Special = new URLSearchParams(search).get('view') === 'form' ? undefined : recordPages[entity.name];
      return Special ? <Special key={path} entity={entity} id={id} /> : <RecordPage key={path} entity={entity} id={id} />;
    }
    case 'report': {
      const report = catalogue.report(destination.name);
      if (!report) return <Missing />;
      const Special = specialReports[report.name]?.page;
      return Special ? <Special report={report} /> : <ReportPage key={report.name} report={report} />;
    }
    default: return <Missing />;
  }
}

function OwnPlace({ own: { page: Own, menu } }: { own: OwnPage }) {
  const session = useSession();
  return menu && !grants(session?.permissions ?? [], menu.permission) ? <Missing /> : <Own />;
}

function Missing() {
  return (
    <MessagePage title="Nothing here">
      <p className="soft">This address names no list, record or report, or none that you may see.</p>
      <Link className="plain-link" to="/">Go to the start page</Link>
    </MessagePage>
  );
}

class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <MessagePage title="This page could not be shown">
        <ProblemAlert error={this.state.error} />
        <p><button type="button" onClick={() => location.reload()}>Load it again</button></p>
      </MessagePage>
    );
  }
}

function useShortcut(key: string, action: () => void) {
  const latest = useRef(action);
  useEffect(() => { latest.current = action; });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key]);
}
