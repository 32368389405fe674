import type { Catalogue } from '../api/catalogue';
import { viewSource, type ReportSource, type ViewSource } from './view_source';

export interface Card<Source extends ViewSource = ViewSource> {
  name: string;
  title: string;
  source: Source;
}

function cardsOf(catalogue: Catalogue): Card[] {
  return catalogue.cards.flatMap(({ name, title, view }) => {
    const source = viewSource(catalogue, view);
    return source ? [{ name, title, source }] : [];
  });
}

const isFigure = (card: Card): card is Card<ReportSource> => card.source.kind === 'figure';

/** What modules add to the figures at the head of the start page. */
export function figureCards(catalogue: Catalogue): Card<ReportSource>[] {
  return cardsOf(catalogue).filter(isFigure);
}

/** What else they show there. */
export function panelCards(catalogue: Catalogue): Card[] {
  return cardsOf(catalogue).filter((card) => !isFigure(card));
}
