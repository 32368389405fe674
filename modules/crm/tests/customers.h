#pragma once
// A company with customers, for the tests of this module: what happens with them in one line each, read back as text.

#include <crm/activity.h>
#include <tessera/testing/company.h>

#include "services/party_family.h"
#include "workflow/inputs.h"

#include <doctest/doctest.h>

namespace crm::tests {

using tessera::Refused;
using tessera::operator""_date;

class Customers {
public:
    explicit Customers(tessera::testing::CompanyOptions options = {.modules = {"crm"}}) : company(std::move(options)) {
        acme = company.insert(Party{.number = "ACME", .name = "Acme", .customer = true});
    }

    Id<Touchpoint> add(const char* day, const char* kind, const char* subject, Id<Party> party = {}) {
        Id<Touchpoint> id{};
        company.run([&](Transaction& tx) { id = tx.service<Timeline>().add(tx, {.party = party ? party : acme, .day = Date::parse(day), .kind = kind, .subject = subject}); });
        return id;
    }
    // "2026-03-05 visit inbound Visit", a line each
    std::string timeline(tessera::Suite::ParameterTexts more = {}, const char* party = "Acme") {
        more.emplace_back("party", party);
        std::string text;
        for (const auto& row : company.report_result("crm.timeline", more).rows)
            text += fmt::format("{} {} {} {}\n", std::get<Date>(row[0]), std::get<std::string>(row[1]), std::get<std::string>(row[2]), std::get<std::string>(row[3]));
        return text;
    }

    // Runs a transition with what it asks for, as the API does.
    template <class T, class Input>
    void run_transition(Id<T> id, const char* name, const Input& input, Date on = {}) {
        tessera::Fields<Input> described;
        Input::describe(described);
        std::string         body;
        tessera::JsonWriter json(body);
        json.begin_object();
        for (const auto& field : std::move(described).take()) {
            if (field.none(&input)) continue;
            json.key(field.name);
            field.json(&input, json);
        }
        json.end_object();
        std::string entity;
        company.read([&](const Snapshot& tx) { entity = tx.entity_name(typeid(T)); });
        company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                             .entity     = entity,
                             .id         = id.value,
                             .body       = body,
                             .transition = name,
                             .info       = {.business_date = on.empty() ? today : on}});
    }

    template <class Work>
    std::string refusal(const Work& work) {
        try {
            work();
        } catch (const Refused& refused) {
            return refused.code();
        }
        return {};
    }

    static inline const Date today = Date(2026, 6, 15);

    tessera::testing::Company company;
    Id<Party>                 acme{};
};

}  // namespace crm::tests
