import { useCatalogue } from '../api/catalogue';
import { newRecordAddress } from '../shell/addresses';
import { searchOffers } from '../shell/special_pages';
import { Link } from '../shell/router';

/** What may be done when words lead nowhere: a person is asked, or somebody writes it. */
export function NothingFound({ text, isNoted }: { text: string; isNoted: boolean }) {
  const catalogue = useCatalogue();
  const offers = searchOffers.flatMap(({ entity: name, field, label }) => {
    const entity = catalogue.entity(name);
    return entity?.creatable ? [{ label, to: `${newRecordAddress(entity)}?${new URLSearchParams({ [field]: text })}` }] : [];
  });
  return (
    <div className="panel search-none" style={{ padding: 16 }}>
      <b>Nothing that you may see has these words.</b>
      <p className="soft" style={{ margin: '4px 0 0' }}>
        Try fewer or other words.{isNoted && ' The search was noted: whoever looks after knowledge sees what was looked for and not found.'}
      </p>
      {offers.length > 0 && <div>{offers.map(({ label, to }) => <Link key={label} className="plain-link" to={to}>{label}</Link>)}</div>}
    </div>
  );
}
