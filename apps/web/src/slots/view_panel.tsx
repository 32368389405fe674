import { ListPanel } from './list_panel';
import { ReportPanel } from './report_panel';
import './slots.css';
import type { ViewPlace } from './view_frame';
import type { ViewSource } from './view_source';

/** A view of any kind with its heading and the way to all that it is a part of. */
export function ViewPanel({ source, ...place }: { source: ViewSource } & ViewPlace) {
  return source.kind === 'list' ? <ListPanel source={source} place={place} /> : <ReportPanel source={source} place={place} />;
}
