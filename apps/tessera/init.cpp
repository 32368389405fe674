#include "commands.h"
#include "open_books.h"
#include "first_sign_in.h"
#include "output.h"

namespace tessera::program {

int init(const Words& words) {
    Options options(
        "init --database FILE --name COMPANY [--currency USD]",
        "Makes the books of a company: a new database with everything the modules need to begin with, such as a chart\n"
        "of accounts, the current fiscal year and a warehouse. The currency and its decimals are decided here, once.");
    options.option("name", "COMPANY", "what the company is called; it heads every report")
        .option("currency", "CODE", "the currency of the books", "USD")
        .option("decimals", "N", "decimals of amounts in it, 0 to 6; the currency's own when not given")
        .option("chart", "NAME|FILE", "the chart of accounts: general, european, or a CSV file")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (options.text("name").empty()) throw options.misuse("name the company with --name");

    InitOptions company{
        .company_name = options.text("name"), .currency = options.text("currency"), .chart = options.text("chart")};
    if (options.given("decimals")) company.decimals = static_cast<int>(options.number("decimals", 0, 6));
    const auto suite = make_books(options, company, Place::any);
    const auto kept  = suite->books().currency;
    print(fmt::format("Made the books of {} in {}, kept in {} with {} decimals.\n", suite->company_name(),
                      suite->database_name(), kept.code(), kept.decimals()));
    print(first_sign_in(*suite));
    return done;
}

}  // namespace tessera::program
