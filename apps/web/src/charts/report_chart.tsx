import { useMemo } from 'react';
import type { ChartProps } from '../slots/chart';
import { formatDecimal } from '../format/decimal';
import { LargeChart } from './chart';
import { reportFigures } from './report_figures';

/** A report's chart where it has the width of a page. */
export function ReportChart({ title, data, unit }: ChartProps) {
  const figures = useMemo(() => reportFigures(data, unit), [data, unit]);
  return (
    <>
      <LargeChart title={title} figures={figures} />
      {data.left > 0 && <p className="soft chart-note">The first {data.points.length} rows are drawn, {formatDecimal(String(data.left))} more are in the report.</p>}
    </>
  );
}
