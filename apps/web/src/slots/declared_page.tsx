import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Page as DeclaredPageDocument } from '../api/contract';
import { drawingQuery } from '../charts/drawing_query';
import { ReportChart } from '../charts/report_chart';
import { Page } from '../shell/page';
import { ViewPanel } from './view_panel';
import { viewSource, type ViewSource } from './view_source';

/** A page that a module has put together from views. */
export default function DeclaredPage({ declared }: { declared: DeclaredPageDocument }) {
  const catalogue = useCatalogue();
  const sources = useMemo(() => (declared.views ?? []).map((view) => viewSource(catalogue, view)).filter((source) => source !== null), [catalogue, declared]);
  useQuery({ ...drawingQuery, enabled: sources.some(({ kind }) => kind === 'chart') });
  return (
    <Page title={declared.title}>
      <div className="declared-page">
        {sources.map((source, index) => <ViewPanel key={index} source={source} title={source.view.title ?? titleOf(source)} chart={ReportChart} />)}
      </div>
    </Page>
  );
}

function titleOf(source: ViewSource): string {
  return source.kind === 'list' ? source.entity.plural : source.report.title;
}
