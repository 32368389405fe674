import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import { panelCards } from './cards';
import { ViewPanel } from './view_panel';

/** Tables, charts and lists that modules show on the start page. */
export default function CardPanels() {
  const catalogue = useCatalogue();
  const cards = useMemo(() => panelCards(catalogue), [catalogue]);
  return cards.map(({ name, title, source }) => <ViewPanel key={name} source={source} title={title} />);
}
