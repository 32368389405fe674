import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { chartOption, type Manner } from './chart_option';
import type { ChartFigures } from './figures';

use([AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

export interface Drawing {
  draw: (figures: ChartFigures, manner: Manner) => void;
  /** Shows the values of one point, or of none. */
  read: (figures: ChartFigures, at: number | null) => void;
  resize: () => void;
  dispose: () => void;
}

/** The only place that knows ECharts: its code comes with this file, in a chunk of its own. */
export function beginDrawing(element: HTMLElement, onChoose: (at: number) => void): Drawing {
  const chart = init(element, null, { renderer: 'svg' });
  let drawn: ChartFigures | null = null;
  chart.getZr().on('click', ({ offsetX, offsetY }) => {
    if (!drawn || !chart.containPixel('grid', [offsetX, offsetY])) return;
    const [across, down] = chart.convertFromPixel({ seriesIndex: 0 }, [offsetX, offsetY]) as [number, number];
    onChoose(pointAt(drawn, drawn.isSideways ? down : across));
  });
  return {
    draw: (figures, manner) => {
      drawn = figures;
      chart.setOption(chartOption(figures, manner), { notMerge: true });
    },
    read: ({ series }, at) => {
      const seriesIndex = at === null ? -1 : series.findIndex(({ values }) => values[at] !== null);
      if (seriesIndex < 0) chart.dispatchAction({ type: 'hideTip' });
      else chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: at });
    },
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  };
}

// A category is its place; a day is the nearest of those that are drawn.
function pointAt({ days }: ChartFigures, place: number): number {
  if (!days) return Math.round(place);
  const distances = days.map((day) => Math.abs(Date.parse(day) - place));
  return distances.indexOf(Math.min(...distances));
}
