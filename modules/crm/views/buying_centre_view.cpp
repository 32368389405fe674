// GET …/opportunities/<id>/buying_centre: members × criteria as of today, how far they are apart, and what is to be said to whom.
#include <crm/buying_centre.h>

#include "declare.h"
#include "services/buying_matrix.h"
#include "views/json_parts.h"

namespace crm {

using tessera::JsonWriter;

namespace buying_centre_view {

constexpr auto schema = R"json({"type":"object","properties":{
    "as_of":{"$ref":"#/components/schemas/Day"},
    "members":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"contact":{"$ref":"#/components/schemas/Reference"},
        "role":{"type":"string"},"influence":{"type":"integer"},"stance":{"type":"integer"}}}},
    "criteria":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"weight":{"type":"integer"},
        "mean":{"$ref":"#/components/schemas/Decimal"},"conflict":{"$ref":"#/components/schemas/Decimal"}}}},
    "cells":{"type":"array","items":{"type":"object","properties":{"member":{"type":"integer"},"criterion":{"type":"integer"},"weight":{"type":"integer"},
        "position":{"type":"integer"},"since":{"$ref":"#/components/schemas/Day"}}}},
    "arguments":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"member":{"type":"integer"},"criterion":{"type":"integer"},
        "text":{"type":"string"},"evidence":{"type":["string","null"]},"done":{"type":"boolean"}}}}}})json";

template <class Rows, class Write>
void write_array(JsonWriter& json, std::string_view key, const Rows& rows, const Write& write) {
    json.key(key);
    json.begin_array();
    for (const auto& row : rows) {
        json.begin_object();
        write(row);
        json.end_object();
    }
    json.end_array();
}

void write_matrix(JsonWriter& json, const Snapshot& tx, const BuyingMatrix& matrix) {
    write_array(json, "members", matrix.members, [&](const BuyingMember& m) {
        json.member("id", m.id.value);
        write_reference(json, "contact", tx, "directory.contact", m.contact.value);
        json.member("role", tessera::name_of(m.role));
        json.member("influence", m.influence);
        json.member("stance", m.stance);
    });
    write_array(json, "criteria", matrix.criteria, [&](const Criterion& c) {
        const auto agreement = matrix.agreement(c.id);
        json.member("id", c.id.value);
        json.member("name", c.name);
        json.member("weight", agreement.weight);
        write_decimal(json, "mean", agreement.mean);
        write_decimal(json, "conflict", agreement.conflict);
    });
    write_array(json, "cells", matrix.cells, [&](const MatrixCell& c) {
        json.member("member", c.member.value);
        json.member("criterion", c.criterion.value);
        json.member("weight", c.weight);
        json.member("position", c.position);
        json.member("since", c.since.str());
    });
}

void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto as_of = tx.today();
    json.begin_object();
    json.member("as_of", as_of.str());
    write_matrix(json, tx, buying_matrix(tx, Id<Opportunity>{id}, as_of));
    const auto arguments = tx.select<Argument>("member IN (SELECT id FROM crm_buying_member WHERE opportunity = :opportunity) ORDER BY done, id", id);
    write_array(json, "arguments", arguments, [&](const Argument& a) {
        json.member("id", a.id.value);
        json.member("member", a.member.value);
        json.member("criterion", a.criterion.value);
        json.member("text", a.text);
        json.key("evidence");
        a.evidence.empty() ? json.null() : json.value(a.evidence);
        json.member("done", a.done);
    });
    json.end_object();
}

}  // namespace buying_centre_view

void declare_buying_centre_view(tessera::Kernel& kernel) {
    kernel.record_view("crm.opportunity", "buying_centre", {"Who decides, by which criteria", buying_centre_view::schema}, buying_centre_view::write);
}

}  // namespace crm
