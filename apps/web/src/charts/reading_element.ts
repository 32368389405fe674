import { seriesColour } from '../slots/series_style';
import type { ChartFigures } from './figures';

/** The values of one point beside the pointer. Built of nodes, so that no name is taken for HTML. */
export function readingElement({ categories, series }: ChartFigures, at: number): HTMLElement {
  const reading = element('div', 'large-chart-reading');
  reading.append(element('b', '', categories.names[at] || 'Nothing named'));
  series.forEach(({ name, texts }, index) => {
    const line = element('div', '');
    const swatch = element('i', '');
    swatch.style.background = seriesColour(index);
    line.append(swatch, element('span', '', name), element('span', 'number', texts[at] || '–'));
    reading.append(line);
  });
  return reading;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
