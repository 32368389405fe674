#include <crm/people.h>
#include <financials/ledger.h>

#include "declare.h"
#include "services/party_family.h"
#include "services/party_references.h"

namespace crm {

using tessera::Parameters;

namespace party_records {

struct Row {
    std::string  kind{};
    std::string  named_as{};
    std::int64_t records = 0;
    std::string  party{};
    std::string  entity{};
    std::int64_t party_id = 0;
};

void answer(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto family = family_of(tx, p.reference<Party>("party"));
    for (const auto& reference : references_to_parties(tx)) {
        const auto& e = *reference.entity;
        if (!tx.user().may(reference.document->read_permission)) continue;
        for (const auto party : family)
            if (const auto count = count_of(tx, reference, party)) emit({e.plural, reference.field->label, count, tx.label_of(party), e.name, party.value});
    }
}

struct Item {
    std::string  document{};
    std::string  reference{};
    Date         date{};
    Date         due_on{};
    Currency     currency{};
    Money        amount{};
    Money        open_amount{};
    std::string  party{};
    std::string  source_entity{};
    std::int64_t source_id = 0, party_id = 0;
};

constexpr auto items = R"sql(
    SELECT i.document, i.reference, i.date, i.due_on, i.currency, i.amount, i.open_amount, p.name, i.source_entity, i.source_id, i.party
      FROM financials_open_item i JOIN directory_party p ON p.id = i.party
     WHERE (i.party = :party OR i.party IN (SELECT m.id FROM directory_party m WHERE m.crm_merged_into = :party)) AND (:all = 1 OR i.open_amount <> 0)
     ORDER BY i.due_on, i.id)sql";

}  // namespace party_records

void declare_party_records(tessera::Kernel& kernel) {
    using namespace tessera;
    using party_records::Item;
    using party_records::Row;
    kernel.report<Row>("crm.party_records", "What there is of a party")
        .help("How many records of each kind name a party, and those that were merged into it")
        .parameter<Id<Party>>("party", required)
        .column("kind", &Row::kind)
        .column("named_as", &Row::named_as)
        .column("records", &Row::records, total)
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("entity", &Row::entity, hidden)
        .column("party_id", &Row::party_id, hidden)
        .run(party_records::answer);
    kernel.report<Item>("crm.party_items", "Open items of a party")
        .help("What is open with a party and with those that were merged into it, by the day it is due")
        .parameter<Id<Party>>("party", required)
        .parameter<bool>("all", help("Also what is settled"))
        .column("document", &Item::document, opens_record("@source_entity", "source_id"))
        .column("reference", &Item::reference)
        .column("date", &Item::date)
        .column("due_on", &Item::due_on)
        .column("currency", &Item::currency)
        .column("amount", &Item::amount, total)
        .column("open_amount", &Item::open_amount, total)
        .column("party", &Item::party, opens_record("directory.party", "party_id"))
        .column("source_entity", &Item::source_entity, hidden)
        .column("source_id", &Item::source_id, hidden)
        .column("party_id", &Item::party_id, hidden)
        .run([](const Snapshot& tx, const Parameters& p, const auto& emit) { tx.each<Item>(party_records::items, emit, p.reference<Party>("party"), p.flag("all")); });
    kernel.panel("crm.party_open", "directory.party", "Open items", report_view("crm.party_items", {{"party", "=id"}}));
}

}  // namespace crm
