#pragma once
// A whole company for a test: a fresh database (testing/database.h), the modules it names and what they need, the
// shipped chart of accounts, one administrator. Gone with the object. Every command it runs is a real one.
//
//     tessera::testing::Company company{"purchasing"};
//     company.run([&](Transaction& tx) { tx.insert(order); }, "2026-01-05"_date);
//     CHECK(company.refusal([&](Transaction& tx) { … }) == "financials.period_closed");
//     CHECK(company.report("financials.trial_balance", {{"as_of", "2026-01-31"}}) == …);   // rows "1000 | Cash | 12.00 …"
//     CHECK(company.verify() == "");                                                        // every invariant holds
//
// Modules are found in TESSERA_MODULE_DIRECTORY, or beside libtessera; plugins beside the running program as well, in
// ../lib/tessera/plugins, where the build of a plugin puts its library.

#include <tessera/suite.h>
#include <tessera/testing/database.h>

#include <filesystem>

namespace tessera::testing {

struct CompanyOptions {
    std::vector<std::string> modules{};
    std::string              currency = "USD";
    int                      decimals = -1;
    std::string              chart{};
    Date                     today = Date(2026, 6, 15);   // the business day of commands that name none
};

class TESSERA_API Company {
public:
    Company(std::initializer_list<const char*> modules);
    explicit Company(CompanyOptions options);
    ~Company();

    Suite& suite() { return *suite_; }
    // Runs a command and waits until it is durable; rethrows what it threw.
    void run(const std::function<void(Transaction&)>& work, Date business_date = {});
    // The code of the refusal the command meets; "" when it succeeds (and then it is done).
    std::string refusal(const std::function<void(Transaction&)>& work, Date business_date = {});
    void        read(const std::function<void(const Snapshot&)>& work);
    template <class T>
    Id<T> insert(T record, Date business_date = {}) {
        run([&](Transaction& tx) { record.id = tx.insert(record); }, business_date);
        return record.id;
    }
    template <class T>
    T load(Id<T> id) {
        T record;
        read([&](const Snapshot& tx) { record = tx.load(id); });
        return record;
    }
    template <class T>
    void transition(Id<T> id, std::string_view name, Date business_date = {}) {
        run([&](Transaction& tx) { tx.transition(id, name); }, business_date);
    }
    template <class Value, class... V>
    std::optional<Value> value(std::string_view sql, const V&... v) {
        std::optional<Value> result;
        read([&](const Snapshot& tx) { result = tx.value<Value>(sql, v...); });
        return result;
    }
    // The visible cells of each row joined by " | ", a line each; the totals last, after "= ".
    std::string  report(std::string_view name, const Suite::ParameterTexts& parameters = {});
    ReportResult report_result(std::string_view name, const Suite::ParameterTexts& parameters = {});
    // Every finding of every check, a line each; "" when the books are sound.
    std::string  verify();
    Money        money(std::string_view amount) { return suite_->books().money(amount); }
    const std::filesystem::path& directory() const { return directory_; }

private:
    void open();

    CompanyOptions         options_;
    std::filesystem::path  directory_;
    Database               database_;
    std::unique_ptr<Suite> suite_;
};

// Changes rows behind the kernel's back, those of append-only ledgers too, so that a check has something to find:
//     damage(tx, "UPDATE financials_journal_line SET amount = amount + 1 WHERE id = 1");
TESSERA_API void damage(Transaction& tx, std::string_view statement);

}  // namespace tessera::testing
