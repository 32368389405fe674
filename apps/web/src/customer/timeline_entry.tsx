import { useCatalogue } from '../api/catalogue';
import type { ReportRow } from '../api/contract';
import { humanised } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import { KindIcon } from './kind_icon';

const directions: Record<string, string> = { inbound: 'from them', outbound: 'to them' };

/** One entry: what it was, when, with whom, who wrote it, and the way to the record it is about. */
export function TimelineEntry({ row, party }: { row: ReportRow; party: number }) {
  const catalogue = useCatalogue();
  const text = (name: string) => String(row[name] ?? '');
  const source = catalogue.entity(text('source_entity'));
  const sourceId = Number(row['source_id'] ?? 0);
  const subject = text('subject') || humanised(text('kind'));
  const about = [directions[text('direction')], text('contact'), Number(row['party_id']) === party ? '' : text('party'), text('entered_by')].filter(Boolean).join(' · ');
  return (
    <div className="timeline-entry" data-kind={text('kind')}>
      <span className="timeline-icon"><KindIcon kind={text('kind')} /></span>
      <div>
        <div className="timeline-head">
          <span className="soft">{humanised(text('kind'))}</span>
          {source && sourceId > 0 ? <Link className="plain-link" to={recordAddress(source, sourceId)}>{subject}</Link> : <b>{subject}</b>}
          {row['pinned'] === true && <span className="state" data-tone="warn">Pinned</span>}
          <time dateTime={text('moment') || text('day')} title={text('moment')}>{text('day')}</time>
        </div>
        {about && <div className="soft timeline-about">{about}</div>}
        {text('body') && <div className="timeline-text">{text('body')}</div>}
      </div>
    </div>
  );
}
