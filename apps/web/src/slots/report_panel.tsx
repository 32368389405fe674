import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { ReportAnswer } from '../api/contract';
import { reportQuery } from '../api/queries';
import { asOfText } from '../report/as_of';
import { Chart, type ChartProps } from './chart';
import { chartData, detailRows } from './chart_data';
import { figureOf, unitOf } from './figure';
import { Figure } from './figure_view';
import { ReportTable } from './report_table';
import { useFold, ViewFrame, type ViewPlace } from './view_frame';
import type { ReportSource } from './view_source';

/** A report's rows as a table or a chart, or one figure of it. */
export function ReportPanel({ source, place }: { source: ReportSource; place: ViewPlace }) {
  const { view, report, parameters, address, isBlank } = source;
  const fold = useFold(place.foldedAs);
  const { data, error, isLoading } = useQuery({ ...reportQuery(report.name, parameters), enabled: fold.isOpen && !isBlank });
  const isEmpty = isBlank || (data !== undefined && source.kind !== 'figure' && detailRows(data).length === 0);
  return (
    <ViewFrame
      place={place} kind={source.kind} fold={fold} subtitle={view.title === place.title ? null : view.title} link={{ to: address, label: 'Open report' }}
      error={error} isPending={isLoading} isEmpty={isEmpty}
    >
      {data && <ReportBody source={source} answer={data} title={view.title ?? place.title} chart={place.chart ?? Chart} />}
      {data?.as_of && <p className="soft view-subtitle">{asOfText(data)}</p>}
    </ViewFrame>
  );
}

interface ReportBodyProps {
  source: ReportSource;
  answer: ReportAnswer;
  title: string;
  chart: ComponentType<ChartProps>;
}

function ReportBody({ source: { kind, view, report, address }, answer, title, chart: Drawn }: ReportBodyProps) {
  const { company } = useCatalogue();
  if (kind === 'report') return <ReportTable answer={answer} report={report} />;
  if (kind === 'figure') return <Figure figure={figureOf(answer, view.column ?? '', company)} address={address} />;
  const data = view.chart && chartData(answer, view.chart, company.decimals);
  if (!data) return <p className="soft">The report has no longer the columns that are drawn here.</p>;
  return <Drawn title={title} data={data} unit={unitOf(data.series, company)} />;
}
