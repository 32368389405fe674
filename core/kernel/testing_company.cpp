#include <tessera/testing/company.h>

#include "database/engine.h"

#include <fmt/ranges.h>

#include <cstdlib>
#include <fstream>

namespace tessera::testing {

namespace company {

std::filesystem::path fresh_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "tessera-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory can be made");
    return name;
}

CompanyOptions of_modules(std::initializer_list<const char*> modules) {
    CompanyOptions options;
    for (const auto* m : modules) options.modules.emplace_back(m);
    return options;
}

// Test programs lie in build/<preset>/tests, plugins in build/<preset>/lib/tessera/plugins, in a build of their own too.
// Nothing is searched there unless it is asked for: modules that are not the installation's own are tried out first.
std::vector<std::string> plugin_directories(const std::vector<std::string>& modules) {
    std::error_code none;
    const auto      program = std::filesystem::read_symlink("/proc/self/exe", none);
    const auto      plugins = program.parent_path().parent_path() / "lib" / "tessera" / "plugins";
    for (const auto& module : modules)
        if (std::filesystem::exists(plugins / (module + ".so"), none)) return {plugins.string()};
    return {};
}

// What decides how a company looks when it is new.
std::string word_of(const CompanyOptions& options) {
    return fmt::format("{} {} {} {} {}", fmt::join(options.modules, ","), options.currency, options.decimals, options.chart, options.today.str());
}

}  // namespace company

Company::Company(std::initializer_list<const char*> modules) : Company(company::of_modules(modules)) {}

Company::Company(CompanyOptions options)
    : options_(std::move(options)), directory_(company::fresh_directory()), database_(directory_, "company", company::word_of(options_)) {
    open();
    if (database_.is_copy()) return;
    suite_->init({.company_name = "Test Company", .currency = options_.currency, .decimals = options_.decimals, .chart = options_.chart, .business_date = options_.today});
    if (std::getenv("TESSERA_TEST_POSTGRES") == nullptr) return;
    suite_.reset();
    database_.remember();
    open();
}

void Company::open() {
    suite_ = Suite::open({.database = database_.location(), .module_directories = company::plugin_directories(options_.modules), .create = true, .only_modules = options_.modules, .background = false});
    for (const auto& m : suite_->kernel().modules())
        if (!m.refused.empty()) throw std::runtime_error(m.refused);
}

Company::~Company() {
    suite_.reset();
    std::error_code none;
    std::filesystem::remove_all(directory_, none);
}

void Company::run(const std::function<void(Transaction&)>& work, Date business_date) {
    suite_->write({.name = "test", .business_date = business_date.empty() ? options_.today : business_date}, work);
}

std::string Company::refusal(const std::function<void(Transaction&)>& work, Date business_date) {
    try {
        run(work, business_date);
    } catch (const Refused& refused) {
        return refused.code();
    }
    return {};
}

void Company::read(const std::function<void(const Snapshot&)>& work) { suite_->read({}, work); }

ReportResult Company::report_result(std::string_view name, const Suite::ParameterTexts& parameters) { return suite_->report({}, name, parameters); }

std::string Company::report(std::string_view name, const Suite::ParameterTexts& parameters) {
    const auto  result = report_result(name, parameters);
    std::string text;
    const auto  add = [&](const std::vector<Cell>& cells, std::string prefix) {
        bool first = true;
        for (std::size_t i = 0; i < result.columns.size(); ++i) {
            if (result.columns[i].hidden) continue;
            prefix += (first ? "" : " | ") + text_of(cells[i]);
            first = false;
        }
        text += prefix + "\n";
    };
    for (const auto& row : result.rows) add(row, "");
    if (!result.totals.empty()) add(result.totals, "= ");
    return text;
}

std::string Company::verify() {
    std::string text;
    for (const auto& check : suite_->verify({}))
        for (const auto& f : check.findings) text += fmt::format("{}: {}: expected {}, found {}\n", check.check, f.record, f.expected, f.found);
    return text;
}

namespace company {

// The name after UPDATE or DELETE FROM.
std::string_view table_of(std::string_view statement) {
    for (const std::string_view verb : {"UPDATE ", "DELETE FROM "})
        if (statement.starts_with(verb)) {
            statement.remove_prefix(verb.size());
            return statement.substr(0, statement.find(' '));
        }
    throw std::logic_error(fmt::format("damage is done by UPDATE or DELETE FROM: {}", statement));
}

}  // namespace company

void damage(Transaction& tx, std::string_view statement) {
    tx.connection().unprotect(company::table_of(statement));
    tx.execute(statement);
}

}  // namespace tessera::testing
