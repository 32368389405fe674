import type { ChartData } from './chart_data';
import type { Plot } from './chart_layout';
import type { Scale } from './chart_scale';
import { dashOf, seriesColour } from './series_style';

interface ChartMarksProps {
  data: ChartData;
  plot: Plot;
  scale: Scale;
  /** The point whose values are being read. */
  current: number | null;
}

export function ChartMarks(props: ChartMarksProps) {
  return props.data.isBar ? <Bars {...props} /> : <Lines {...props} />;
}

function Bars({ data: { points, series }, plot, scale, current }: ChartMarksProps) {
  const slot = plot.width / points.length;
  const group = Math.min(slot * 0.72, 56 * series.length);
  const bar = group / series.length;
  const heightAt = (place: number) => plot.height * (1 - place);
  return points.map((point, index) => point.values.map((value, at) => {
    if (value === null) return null;
    const [low, high] = [scale.origin, scale.at(value)].sort((a, b) => a - b) as [number, number];
    return (
      <rect
        key={`${index} ${at}`} x={point.at * plot.width - group / 2 + at * bar} width={Math.max(1, bar - (series.length > 1 ? 1 : 0))} y={heightAt(high)} height={plot.height * (high - low)}
        rx={1.5} fill={seriesColour(at)} opacity={current === null || current === index ? 1 : 0.55}
      />
    );
  }));
}

function Lines({ data: { points, series }, plot, scale, current }: ChartMarksProps) {
  const x = (index: number) => (points[index]?.at ?? 0) * plot.width;
  const y = (value: number) => plot.height * (1 - scale.at(value));
  const isSparse = points.length <= 31;
  return series.map((column, at) => (
    <g key={column.name} stroke={seriesColour(at)} fill="none">
      <path d={linePath(points.map((point, index) => [x(index), point.values[at] ?? null]), y)} strokeWidth={2} strokeLinejoin="round" strokeDasharray={dashOf(at)} />
      {points.map((point, index) => {
        const value = point.values[at];
        if (value === null || value === undefined || (!isSparse && index !== current)) return null;
        return <circle key={index} cx={x(index)} cy={y(value)} r={index === current ? 5 : 3.5} fill={seriesColour(at)} stroke="var(--surface)" strokeWidth={1.5} />;
      })}
    </g>
  ));
}

/** Where a value is missing the line is broken. */
function linePath(places: [number, number | null][], y: (value: number) => number): string {
  let isDrawing = false;
  return places.map(([x, value]) => {
    if (value === null) {
      isDrawing = false;
      return '';
    }
    const verb = isDrawing ? 'L' : 'M';
    isDrawing = true;
    return `${verb}${x.toFixed(1)} ${y(value).toFixed(1)}`;
  }).join('');
}
