import { useElementSize } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatDecimal } from '../format/decimal';
import type { ChartData, ChartPoint } from './chart_data';
import { UprightDrawing } from './chart_drawing';
import { layoutOf, type Plot } from './chart_layout';
import { nearestPoint, pointAfter } from './chart_reading';
import { scaleOf } from './chart_scale';
import { ChartTable } from './chart_table';
import { dashOf, seriesColour } from './series_style';
import { SidewaysDrawing } from './sideways_drawing';

export interface ChartProps {
  title: string;
  data: ChartData;
  /** What the values are counted in, where that is the same for all. */
  unit: string;
}

/** Bars or lines with the values under the pointer, or at the point that the arrow keys have reached. */
export function Chart({ title, data, unit }: ChartProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [current, setCurrent] = useState<number | null>(null);
  const { points, series } = data;
  const scale = scaleOf(points.flatMap((point) => point.values).filter((value) => value !== null), {
    fromZero: data.isBar, wholeNumbers: series.every((column) => column.type === 'integer'),
  });
  const { height, plot } = layoutOf(data, width, scale.marks.map((mark) => formatDecimal(mark.text)));
  const point = current === null ? undefined : points[current];
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCurrent(nearestPoint(points, data.isSideways ? (event.clientY - box.top - plot.top) / plot.height : (event.clientX - box.left - plot.left) / plot.width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = pointAfter(event.key, current, points.length, data.isSideways);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
  };
  const Drawing = data.isSideways ? SidewaysDrawing : UprightDrawing;
  return (
    <figure className="chart" aria-label={title}>
      {series.length > 1 && <Legend data={data} />}
      <div
        ref={ref} className="chart-plot" style={{ height }} role="group" tabIndex={0} aria-label={`${title}: arrow keys read the values`}
        onPointerMove={onPointer} onPointerDown={onPointer} onPointerLeave={() => setCurrent(null)} onBlur={() => setCurrent(null)} onKeyDown={onKeyDown}
      >
        {width > 0 && <Drawing {...{ data, plot, scale, height, width, current }} valueTitle={valueTitle(data, unit)} />}
        <div role="status" className="chart-reading" {...readingPlace(point?.at ?? 0, plot, data.isSideways)}>
          {point && <Reading data={data} point={point} />}
        </div>
      </div>
      {data.left > 0 && <p className="soft chart-note">The first {points.length} rows are drawn, {formatDecimal(String(data.left))} more are in the report.</p>}
      <ChartTable title={title} data={data} />
    </figure>
  );
}

function valueTitle({ series }: ChartData, unit: string): string {
  return [series.length === 1 ? series[0]?.label : '', unit].filter(Boolean).join(', ');
}

// Beside the point, on the side where there is room.
function readingPlace(at: number, plot: Plot, isSideways: boolean) {
  if (!isSideways) return { 'data-side': at > 0.5 ? 'left' : 'right', style: { left: plot.left + at * plot.width, top: plot.top + 2 } };
  return { 'data-side': at > 0.5 ? 'above' : 'below', style: { left: plot.left, top: plot.top + at * plot.height } };
}

function Legend({ data }: { data: ChartData }) {
  return (
    <ul className="chart-legend" aria-hidden>
      {data.series.map((column, at) => <li key={column.name}><Swatch isBar={data.isBar} series={at} />{column.label}</li>)}
    </ul>
  );
}

function Reading({ data, point }: { data: ChartData; point: ChartPoint }) {
  return (
    <>
      <b>{point.label || '(none)'}</b>
      {data.series.map((column, at) => (
        <div key={column.name}><Swatch isBar={data.isBar} series={at} /><span>{column.label}</span> <span className="number">{point.texts[at] || '–'}</span></div>
      ))}
    </>
  );
}

function Swatch({ isBar, series }: { isBar: boolean; series: number }) {
  return (
    <svg width={16} height={10} aria-hidden focusable="false">
      {isBar
        ? <rect x={3} width={10} height={10} rx={1.5} fill={seriesColour(series)} />
        : <line y1={5} y2={5} x2={16} stroke={seriesColour(series)} strokeWidth={2} strokeDasharray={dashOf(series)} />}
    </svg>
  );
}
