import { formatDecimal } from '../format/decimal';
import type { DrawingProps } from './chart_drawing';
import { characterWidth, cut, shownMarks } from './chart_layout';
import { seriesColour } from './series_style';

/** Bars that lie, each beside its name. */
export function SidewaysDrawing({ data: { points, series, x: names }, plot, scale, width, height, valueTitle, current }: DrawingProps) {
  const slot = plot.height / points.length;
  const bar = Math.min(18, (slot - 6) / series.length);
  const length = Math.floor((plot.left - 10) / characterWidth);
  return (
    <svg width={width} height={height} aria-hidden focusable="false">
      <text className="chart-title" x={plot.left - 8} y={11} textAnchor="end">{cut(names.label, length)}</text>
      <g transform={`translate(${plot.left} ${plot.top})`}>
        {shownMarks(scale.marks, plot.width).map((mark) => (
          <g key={mark.text} transform={`translate(${plot.width * mark.at} 0)`}>
            <line y2={plot.height} className="chart-grid" data-zero={Number(mark.text) === 0 ? '' : undefined} />
            <text className="chart-mark" y={plot.height + 15} textAnchor="middle">{formatDecimal(mark.text)}</text>
          </g>
        ))}
        {points.map((point, index) => (
          <g key={index} transform={`translate(0 ${point.at * plot.height})`} opacity={current === null || current === index ? 1 : 0.55}>
            <text x={-8} y={4} textAnchor="end">{cut(point.label, length)}</text>
            {point.values.map((value, at) => {
              if (value === null) return null;
              const [low, high] = [scale.origin, scale.at(value)].sort((a, b) => a - b) as [number, number];
              return <rect key={at} x={low * plot.width} width={(high - low) * plot.width} y={(at - series.length / 2) * bar} height={bar - (series.length > 1 ? 1 : 0)} rx={1.5} fill={seriesColour(at)} />;
            })}
          </g>
        ))}
        <text className="chart-title" x={plot.width / 2} y={height - plot.top - 3} textAnchor="middle">{valueTitle}</text>
      </g>
    </svg>
  );
}
