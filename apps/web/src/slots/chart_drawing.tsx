import { formatDecimal } from '../format/decimal';
import type { ChartData } from './chart_data';
import { axisLabels, lineHeight, type Plot } from './chart_layout';
import { ChartMarks } from './chart_marks';
import type { Scale } from './chart_scale';

export interface DrawingProps {
  data: ChartData;
  plot: Plot;
  scale: Scale;
  width: number;
  height: number;
  /** What the values are and what they are counted in. */
  valueTitle: string;
  /** The point whose values are being read. */
  current: number | null;
}

/** Values upward, what they are of from left to right. */
export function UprightDrawing({ data, plot, scale, width, height, valueTitle, current }: DrawingProps) {
  return (
    <svg width={width} height={height} aria-hidden focusable="false">
      <text className="chart-title" x={0} y={11}>{valueTitle}</text>
      <g transform={`translate(${plot.left} ${plot.top})`}>
        {scale.marks.map((mark) => (
          <g key={mark.text} transform={`translate(0 ${plot.height * (1 - mark.at)})`}>
            <line x2={plot.width} className="chart-grid" data-zero={Number(mark.text) === 0 ? '' : undefined} />
            <text className="chart-mark" x={-8} y={4} textAnchor="end">{formatDecimal(mark.text)}</text>
          </g>
        ))}
        <ChartMarks data={data} plot={plot} scale={scale} current={current} />
        {axisLabels(data.points, plot.width).map((label) => (
          <text key={label.x} textAnchor="middle" y={plot.height + 16}>
            {label.lines.map((line, index) => <tspan key={index} x={label.x} dy={index * lineHeight}>{line}</tspan>)}
          </text>
        ))}
        <text className="chart-title" x={plot.width / 2} y={height - plot.top - 3} textAnchor="middle">{data.x.label}</text>
      </g>
    </svg>
  );
}
