import './mantine_styles';
import '@fontsource-variable/inter/wght.css';
import './shell/colours.css';
import './shell/shell.css';
import './form/form.css';
import { Loader, MantineProvider, type CSSVariablesResolver } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ConfirmDialog } from './access/confirm_dialog';
import { followOtherWindows, sessionQuery, useIsAway, useWantedConfirmation } from './access/session';
import { rememberCompany, SignInAgain, SignInPage } from './access/sign_in';
import { Catalogue, CatalogueContext } from './api/catalogue';
import { Problem } from './api/problem';
import { catalogueQuery } from './api/queries';
import { ProblemAlert } from './shell/page';
import { fetchPageAt } from './shell/pages';
import { usePlace } from './shell/router';
import { Shell } from './shell/shell';
import { theme } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof Problem) && failures < 2,
      retryDelay: (attempt) => 300 * 2 ** attempt,
    },
  },
});

const ownColours: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-soft)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-placeholder': 'var(--text-faint)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-border': 'var(--hairline-strong)',
    '--mantine-color-default-hover': 'var(--hover)',
  };
  return { variables: {}, light: shared, dark: shared };
};

const Welcome = lazy(() => import('./access/welcome'));

function Application() {
  const { path } = usePlace();
  useEffect(() => followOtherWindows(queries), []);
  return path === '/welcome' ? <Suspense><Welcome /></Suspense> : <Company />;
}

function Company() {
  const isAway = useIsAway();
  const wanted = useWantedConfirmation();
  const session = useQuery(sessionQuery);
  const { data, error } = useQuery(catalogueQuery);
  const [firstPath] = useState(usePlace().path);
  const code = useQuery({ queryKey: ['code', firstPath], queryFn: () => fetchPageAt(firstPath).then(() => true), staleTime: Infinity });
  const catalogue = useMemo(() => (data ? new Catalogue(data) : null), [data]);
  useEffect(() => { if (data) rememberCompany(data.company.name); }, [data]);
  if (catalogue && session.data && !code.isPending) {
    return (
      <CatalogueContext value={catalogue}>
        <Shell />
        {wanted !== null && <ConfirmDialog sentence={wanted} user={session.data.user} />}
        {isAway && <SignInAgain />}
      </CatalogueContext>
    );
  }
  if (isAway) return <SignInPage />;
  const failure = error ?? session.error;
  return (
    <main className="message-page">
      <h1 style={{ fontSize: 18 }}>Tessera</h1>
      {failure ? <ProblemAlert error={failure} title="The server cannot be reached" /> : <Loader size="sm" role="status" aria-label="Loading" />}
    </main>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={ownColours}>
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" autoClose={3500} />
        <Application />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
