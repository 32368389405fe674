import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { scaleOf } from '../slots/chart_scale';
import { dashOf, seriesColour } from '../slots/series_style';
import type { ChartFigures } from './figures';

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

export interface Manner {
  title: string;
  width: number;
  isStill: boolean;
  /** How a mark of the axis reads. */
  markOf: (decimal: string) => string;
  readingOf: (at: number) => HTMLElement;
}

const font = { fontFamily: "'Inter Variable', system-ui, sans-serif", fontSize: 11.5 };
const slotMin = 74;

/** Figures as ECharts draws them. Colours are those of the page, by name: they follow it from light to dark. */
export function chartOption(figures: ChartFigures, { title, width, isStill, markOf, readingOf }: Manner): ChartOption {
  const { kind, isSideways, series } = figures;
  const values = valueAxis(figures, markOf);
  const names = figures.days ? timeAxis() : nameAxis(figures, width);
  const hasLegend = series.length > 1;
  return {
    animation: !isStill,
    animationDuration: 260,
    animationDurationUpdate: 200,
    useUTC: true,
    textStyle: { ...font, color: 'var(--text-soft)' },
    aria: { enabled: true, label: { description: `${title}, drawn as ${kind === 'bar' ? 'bars' : 'lines'}` } },
    grid: { left: 2, right: 18, top: hasLegend ? 34 : 10, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      show: hasLegend, left: 2, top: 2, padding: 0, selectedMode: false, itemGap: 18, itemWidth: kind === 'bar' ? 10 : 22, itemHeight: 10, textStyle: { ...font, fontSize: 12, color: 'var(--text-soft)' },
      data: series.map(({ name }, at) => ({ name, ...(kind === 'bar' ? { icon: 'roundRect', itemStyle: { color: seriesColour(at) } } : {}) })),
    },
    tooltip: {
      trigger: 'axis', confine: true, transitionDuration: isStill ? 0 : 0.12, padding: [6, 10], borderWidth: 1, borderColor: 'var(--hairline-strong)', backgroundColor: 'var(--surface)',
      textStyle: { ...font, fontSize: 12, color: 'var(--text)' }, extraCssText: 'box-shadow: 0 2px 8px rgb(0 0 0 / 12%); border-radius: 5px;',
      axisPointer: kind === 'bar' ? { type: 'shadow', z: 1, shadowStyle: { color: 'var(--selected)', opacity: 1 } } : { type: 'line', z: 1, lineStyle: { color: 'var(--hairline-strong)', type: 'solid' } },
      formatter: (told) => readingOf((Array.isArray(told) ? told[0] : told)?.dataIndex ?? 0),
    },
    xAxis: (isSideways ? values : names) as ChartOption['xAxis'] & object,
    yAxis: (isSideways ? names : values) as ChartOption['yAxis'] & object,
    series: series.map((_, at) => (kind === 'bar' ? bars(figures, at) : line(figures, at))),
  };
}

function valueAxis({ kind, series, isCounted }: ChartFigures, markOf: Manner['markOf']) {
  const { marks } = scaleOf(series.flatMap(({ values }) => values).filter((value) => value !== null), { fromZero: kind === 'bar', wholeNumbers: isCounted });
  const [first, second, last] = [marks[0], marks[1], marks.at(-1)].map((mark) => Number(mark?.text ?? 0)) as [number, number, number];
  const interval = second - first;
  return {
    type: 'value', min: first, max: last, interval, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: 'var(--hairline-faint)' } },
    axisLabel: { ...font, color: 'var(--text-soft)', hideOverlap: true, formatter: (value: number) => markOf(marks[Math.round((value - first) / interval)]?.text ?? '') },
  };
}

const axisLine = { lineStyle: { color: 'var(--hairline-strong)' } };

function nameAxis({ kind, isSideways, categories: { names } }: ChartFigures, width: number) {
  const room = isSideways ? Math.min(220, width * 0.36) : Math.max(slotMin, width / Math.max(1, names.length)) - 12;
  return {
    type: 'category', data: names.map((name) => name || 'Nothing named'), inverse: isSideways, boundaryGap: kind === 'bar' || names.length === 1, axisLine, axisTick: { show: false },
    axisLabel: { ...font, color: 'var(--text)', width: room, overflow: isSideways ? 'truncate' : 'break', ...(isSideways ? { interval: 0 } : { hideOverlap: true }) },
  };
}

function timeAxis() {
  const day = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  return { type: 'time', axisLine, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { ...font, color: 'var(--text)', hideOverlap: true, formatter: day } };
}

function bars({ series }: ChartFigures, at: number): BarSeriesOption {
  return {
    type: 'bar', name: series[at]?.name ?? '', data: series[at]?.values.map((value) => value ?? '-') ?? [], barMaxWidth: 52, barCategoryGap: '26%', barGap: '8%',
    itemStyle: { color: seriesColour(at), borderRadius: 2 }, emphasis: { disabled: true },
  };
}

function line({ series, days }: ChartFigures, at: number): LineSeriesOption {
  const values = series[at]?.values.map((value) => value ?? '-') ?? [];
  return {
    type: 'line', name: series[at]?.name ?? '', data: days ? values.map((value, index) => [days[index] ?? '', value]) : values, connectNulls: false,
    symbol: 'circle', symbolSize: 7, showSymbol: values.length <= 31, itemStyle: { color: seriesColour(at) },
    lineStyle: { color: seriesColour(at), width: 2, type: dashOf(at)?.split(' ').map(Number) ?? 'solid' },
    emphasis: { disabled: true },
  };
}
