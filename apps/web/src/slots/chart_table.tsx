import { isRightAligned } from '../format/value_text';
import type { ChartData } from './chart_data';

/** What a chart shows, for who cannot see it. */
export function ChartTable({ title, data }: { title: string; data: ChartData }) {
  return (
    <div className="hidden-text">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>{[data.x, ...data.series].map((column) => <th key={column.name} scope="col">{column.label}</th>)}</tr>
        </thead>
        <tbody>
          {data.points.map((point, index) => (
            <tr key={index}>
              <th scope="row">{point.label}</th>
              {point.texts.map((text, at) => <td key={at} className={isRightAligned(data.series[at]?.type ?? '') ? 'number' : ''}>{text}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
