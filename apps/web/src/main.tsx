import './mantine_styles';
import '@fontsource-variable/inter/wght.css';
import './shell/colours.css';
import './shell/shell.css';
import './form/form.css';
import { Loader, MantineProvider, type CSSVariablesResolver } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { Catalogue, CatalogueContext } from './api/catalogue';
import { Problem } from './api/problem';
import { catalogueQuery } from './api/queries';
import { ProblemAlert } from './shell/page';
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

function Application() {
  const { data, error } = useQuery(catalogueQuery);
  const catalogue = useMemo(() => (data ? new Catalogue(data) : null), [data]);
  if (catalogue) {
    return (
      <CatalogueContext value={catalogue}>
        <Shell />
      </CatalogueContext>
    );
  }
  return (
    <main className="message-page">
      <h1 style={{ fontSize: 18 }}>Tessera</h1>
      {error ? <ProblemAlert error={error} title="The server cannot be reached" /> : <Loader size="sm" aria-label="Loading" />}
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
