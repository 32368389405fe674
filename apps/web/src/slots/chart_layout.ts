import type { ChartData, ChartPoint } from './chart_data';

/** The plot inside the drawing: what is left when the marks and names along its axes have their room. */
export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface AxisLabel {
  /** The middle, from the left edge of the plot. */
  x: number;
  lines: string[];
}

export const characterWidth = 6.3;
export const lineHeight = 13;
const rightMargin = 4;
const roomMax = 84;

export interface Layout {
  height: number;
  plot: Plot;
}

const uprightHeight = 244;

export function layoutOf(data: ChartData, width: number, markTexts: string[]): Layout {
  return data.isSideways ? sidewaysLayout(data, width, markTexts) : { height: uprightHeight, plot: uprightPlot(data.points, width, markTexts) };
}

// Names stand beside their bars, and as long as they are.
function sidewaysLayout({ points, series }: ChartData, width: number, markTexts: string[]): Layout {
  const longest = widthOf(points.map((point) => point.label)) + 12;
  const left = Math.min(longest, width * 0.4);
  const plot = { left, top: 20, width: Math.max(0, width - left - widthOf(markTexts) / 2 - rightMargin), height: points.length * (14 + 9 * series.length) };
  return { height: plot.top + plot.height + 38, plot };
}

// The room beside the plot depends on its marks, the room below on its names.
function uprightPlot(points: ChartPoint[], width: number, markTexts: string[]): Plot {
  const left = Math.max(20, widthOf(markTexts) + 8);
  const top = 24;
  const inner = Math.max(0, width - left - rightMargin);
  const lines = Math.max(1, ...axisLabels(points, inner).map((label) => label.lines.length));
  return { left, top, width: inner, height: uprightHeight - top - 26 - lines * lineHeight };
}

function widthOf(texts: string[]): number {
  return Math.max(0, ...texts.map((text) => text.length)) * characterWidth;
}

/** Of marks that stand beside each other every one, every second … so that their numbers do not touch. */
export function shownMarks<Mark extends { text: string }>(marks: Mark[], width: number): Mark[] {
  const room = width / Math.max(1, marks.length - 1);
  const each = Math.max(1, Math.ceil((widthOf(marks.map((mark) => mark.text)) + 16) / room));
  return marks.filter((_, index) => index % each === 0);
}

/** Names below the plot, as many as stand beside each other; those that are long take two lines. */
export function axisLabels(points: ChartPoint[], width: number): AxisLabel[] {
  const slot = width / Math.max(1, points.length);
  const longest = widthOf(points.map((point) => point.label));
  const room = Math.max(Math.min(longest, roomMax) + 10, Math.min(slot, longest + 10));
  const labels: AxisLabel[] = [];
  let free = -Infinity;
  for (const point of points) {
    const middle = point.at * width;
    if (middle - room / 2 < free - 0.5) continue;
    free = middle + room / 2;
    const lines = brokenText(point.label, Math.floor((room - 6) / characterWidth));
    const half = widthOf(lines) / 2;
    labels.push({ x: Math.min(middle, width + rightMargin - half), lines });
  }
  return labels;
}

/** At most two lines of so many characters, broken between words where that can be; what does not fit is cut. */
export function brokenText(text: string, length: number): string[] {
  if (text.length <= length) return [text];
  const space = text.lastIndexOf(' ', length);
  const first = text.slice(0, space > 0 ? space : length);
  return [first, cut(text.slice(first.length).trim(), length)];
}

/** A text that is too long ends in dots. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…`;
}
