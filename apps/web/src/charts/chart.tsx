import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { formatDecimal } from '../format/decimal';
import { ProblemAlert } from '../shell/page';
import { pointAfter } from '../slots/chart_reading';
import './chart.css';
import { drawingQuery } from './drawing_query';
import type { Drawing } from './echarts_drawing';
import { heightOf, pointText, valueTitle, type ChartFigures } from './figures';
import { FiguresTable } from './figures_table';
import { readingElement } from './reading_element';

interface LargeChartProps {
  title: string;
  figures: ChartFigures;
  /** A click on a point, or Enter at the one that the arrow keys have reached. */
  onChoose?: (at: number) => void;
  /** The id of what says the same figures elsewhere on the page; without, the chart has a table of its own. */
  toldBy?: string;
}

/** A chart with a page's room: drawn by ECharts, read with the pointer or the arrow keys, and told by a table. */
export function LargeChart({ title, figures, onChoose, toldBy }: LargeChartProps) {
  const { data: code, error } = useQuery(drawingQuery);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [current, setCurrent] = useState<number | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const choose = useRef(onChoose);
  useEffect(() => { choose.current = onChoose; });
  useEffect(() => {
    if (!code || !element.current) return undefined;
    const begun = code.beginDrawing(element.current, (at) => choose.current?.(at));
    drawing.current = begun;
    return () => {
      drawing.current = null;
      begun.dispose();
    };
  }, [code]);
  const hasRoom = width > 0;
  useEffect(() => {
    if (!hasRoom) return;
    drawing.current?.resize();
    drawing.current?.draw(figures, {
      title, width, isStill: matchMedia('(prefers-reduced-motion: reduce)').matches, markOf: (decimal) => formatDecimal(decimal), readingOf: (at) => readingElement(figures, at),
    });
  }, [code, figures, title, hasRoom, width]);
  const read = (at: number | null) => {
    setCurrent(at);
    drawing.current?.read(figures, at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && current !== null) return onChoose?.(current);
    const next = pointAfter(event.key, current, figures.categories.names.length, figures.isSideways);
    if (next === undefined) return;
    event.preventDefault();
    read(next);
  };
  const keys = `arrow keys read the values${onChoose ? ', Enter opens what they are made of' : ''}`;
  return (
    <figure className="large-chart" aria-label={title}>
      <div className="large-chart-title soft" aria-hidden>{valueTitle(figures)}</div>
      <ProblemAlert error={error} title="The chart could not be drawn" />
      <div
        ref={ref} className="large-chart-plot" style={{ height: heightOf(figures) }} role="group" tabIndex={0} aria-label={`${title}: ${keys}`} aria-details={toldBy}
        data-leads={onChoose ? '' : undefined} data-drawn={code ? '' : undefined} onKeyDown={onKeyDown} onBlur={() => read(null)}
      >
        <div ref={element} className="large-chart-drawing" />
      </div>
      <div role="status" className="hidden-text">{current !== null && pointText(figures, current)}</div>
      {toldBy === undefined && <FiguresTable title={title} figures={figures} />}
    </figure>
  );
}
