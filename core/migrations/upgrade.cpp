#include "migrations/upgrade.h"

#include "audit/digest.h"
#include "backups/unfinished_file.h"
#include "database/engine.h"
#include "kernel/suite_state.h"
#include "migrations/schema.h"
#include "reports/report_run.h"

#include <algorithm>

namespace tessera::migrations {

namespace upgrading {

using Connection = database::Connection;

class DigestOfReport : public ReportSink {
public:
    void begin(const ReportResult& heading) override {
        for (const auto& column : heading.columns) text_ += column.name + "|";
    }
    void row(const std::vector<Cell>& cells) override { add(cells); }
    void end(const std::vector<Cell>& totals) override { add(totals); }
    std::string digest() const { return audit::sha256_hex(text_); }

private:
    void add(const std::vector<Cell>& cells) {
        text_ = audit::sha256_hex(text_);
        for (const auto& cell : cells) {
            const auto value = text_of(cell);
            text_ += fmt::format("{}:{}", value.size(), value);
        }
    }
    std::string text_{};
};

bool needs_parameters(const ReportDescription& report) {
    return std::ranges::any_of(report.parameters, [](const auto& parameter) { return parameter.required && parameter.default_value.empty(); });
}

std::vector<std::string> reports_to_compare(const Kernel& kernel, const UpgradePlan& plan) {
    std::vector<std::string> names;
    for (const auto& name : plan.reports) {
        if (needs_parameters(reports::report_named(kernel, name)))
            throw Refused("kernel.no_report", "To compare reports, name those that need no parameter: {} does.", name);
        names.push_back(name);
    }
    if (!names.empty()) return names;
    for (const auto* report : kernel.reports())
        if (!needs_parameters(*report)) names.push_back(report->name);
    return names;
}

Books books_of(Connection& connection) {
    const auto code = setting(connection, "books.currency");
    return code ? Books{Currency::of(*code, std::stoi(setting(connection, "books.decimals").value_or("2")))} : Books{};
}

// Runs reports inside the transaction that migrates, as of one moment.
class Comparison {
public:
    Comparison(Connection& connection, const Kernel& kernel, std::vector<std::string> names)
        : connection_(connection), kernel_(kernel), names_(std::move(names)), books_(books_of(connection)) {}

    // "" for a report that cannot be run.
    std::vector<std::string> digests() {
        std::vector<std::string> all;
        for (const auto& name : names_) all.push_back(digest_of(name));
        return all;
    }

    void compare(const std::vector<std::string>& before, const std::vector<std::string>& after, Upgraded& upgraded) const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (before[i].empty() && after[i].empty()) continue;  // it wants to be asked for something
            if (before[i].empty())
                upgraded.not_comparable.push_back(names_[i]);
            else if (before[i] == after[i])
                ++upgraded.alike;
            else
                upgraded.different.push_back(names_[i]);
        }
    }

private:
    std::string digest_of(const std::string& name) {
        connection_.savepoint();
        try {
            DigestOfReport sink;
            SnapshotMaker::snapshot(state(), [&](const Snapshot& tx) { reports::run(tx, reports::report_named(kernel_, name), {}, "", sink); });
            connection_.release_savepoint();
            return sink.digest();
        } catch (const std::exception&) {  // the report asks for what is not there yet, or no longer
            connection_.rollback_to_savepoint();
            return {};
        }
    }

    std::unique_ptr<Snapshot::State> state() const {
        auto state        = std::make_unique<Snapshot::State>();
        state->connection = &connection_;
        state->kernel     = &kernel_;
        state->books      = &books_;
        state->actor      = Actor::system();
        state->today      = today_;
        state->now        = now_;
        return state;
    }

    Connection&              connection_;
    const Kernel&            kernel_;
    std::vector<std::string> names_;
    Books                    books_;
    Date                     today_ = Date::today();
    Instant                  now_   = Instant::now();
};

void refuse_damage(database::Engine& engine, const std::string& name) {
    const auto reader = engine.connect(database::Access::read);
    if (const auto damage = engine.check_quickly(*reader); !damage.empty())
        throw Refused("kernel.damaged_database", "To migrate {}, restore a backup of it first: {}.", name, damage.front());
}

Upgraded run(Connection& connection, const Kernel& kernel, const UpgradePlan& plan, const std::string& name) {
    Upgraded   upgraded;
    Comparison comparison(connection, kernel, reports_to_compare(kernel, plan));
    const auto before   = comparison.digests();
    upgraded.statements = bring_up_to_date(connection, kernel);
    comparison.compare(before, comparison.digests(), upgraded);
    if (plan.only_alike && !upgraded.different.empty())
        throw Refused("kernel.reports_differ", "To migrate {}, look into what reads otherwise afterwards, or leave it out with --reports: {}; nothing was changed.", name,
                      fmt::join(upgraded.different, ", "));
    return upgraded;
}

}  // namespace upgrading

Upgraded upgrade(const SuiteOptions& books, const Kernel& kernel, const UpgradePlan& plan) {
    const auto name   = database::shown(books.database);
    const auto engine = database::open(books.database);
    engine->lock_for_writing("being migrated");
    {
        const auto reader = engine->connect(database::Access::read);
        if (is_up_to_date(*reader, kernel)) return {};
    }
    upgrading::refuse_damage(*engine, name);
    if (plan.before) plan.before();
    const auto connection = engine->connect(database::Access::write);
    connection->begin();
    try {
        auto upgraded = upgrading::run(*connection, kernel, plan, name);
        connection->check_references();
        connection->commit();
        engine->checkpoint(*connection);
        return upgraded;
    } catch (...) {
        connection->rollback();
        throw;
    }
}

Rehearsed rehearse(const SuiteOptions& books, const Kernel& kernel, UpgradePlan plan) {
    const backups::UnfinishedFile copy(books.database + "-rehearsal");
    auto                          on_copy = books;
    on_copy.database                      = copy.name();
    on_copy.read_only                     = true;
    on_copy.background                    = false;
    plan.before                           = {};
    plan.only_alike                       = false;
    database::open(books.database)->copy_to(copy.name());
    Rehearsed  rehearsed{.upgraded = upgrade(on_copy, kernel, plan)};
    const auto suite = Suite::open(on_copy);
    for (const auto& check : suite->verify(Actor::system())) {
        ++rehearsed.checks;
        for (const auto& finding : check.findings)
            rehearsed.findings.push_back(fmt::format("{}: {}: expected {}, found {}", check.check, finding.record, finding.expected, finding.found));
    }
    return rehearsed;
}

}  // namespace tessera::migrations
