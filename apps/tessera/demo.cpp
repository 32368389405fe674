#include "first_sign_in.h"
#include "commands.h"
#include "demo/company_data.h"
#include "demo/story.h"
#include "open_books.h"
#include "output.h"
#include "progress.h"

#include "database/engine.h"

#include <algorithm>

namespace tessera::program {

namespace demo_company {

demo::StoryOptions story_of(const Options& options) {
    demo::StoryOptions story{.scale = static_cast<int>(options.number("scale", 1, 50))};
    story.seed  = static_cast<std::uint64_t>(options.number("seed", 0, 1'000'000'000));
    story.today = options.given("today") ? Date::parse(options.text("today")) : Date::today();
    return story;
}

std::string made_text(const Kernel& kernel, const demo::DemoBooks& books) {
    std::string text;
    for (const auto& [what, count] : books.made()) {
        const auto* entity = kernel.find_entity(what);
        if (entity) text += fmt::format("  {:>6}  {}\n", count, entity->plural);
    }
    return text;
}

std::string holds_text(demo::DemoBooks& books) {
    std::int64_t held = 0;
    books.read([&](const Snapshot& tx) {
        held = tx.value<std::int64_t>("SELECT count(*) FROM financials_open_item WHERE held_amount <> 0").value_or(0);
    });
    return fmt::format("{} invoices are on hold, partly or wholly: tessera report purchasing.holds\n", held);
}

void require_modules(const Kernel& kernel) {
    for (const char* name : {"directory", "catalog", "financials", "inventory", "purchasing", "sales"}) {
        const auto found = std::ranges::find(kernel.modules(), name, &ModuleDescription::name);
        if (found == kernel.modules().end() || !found->refused.empty())
            throw Refused("kernel.module_missing",
                          "To make the demonstration company, have the module {} run (tessera modules).", name);
    }
}

void make(const Options& options, const demo::StoryOptions& story) {
    const auto      suite = make_books(options,
                                       {.company_name  = std::string(demo::company_name),
                                        .currency      = "USD",
                                        .chart         = "general",
                                        .business_date = story.today.plus_months(-24).first_of_month()},
                                       Place::fresh);
    demo::DemoBooks books(*suite);
    {
        Progress progress(options.flagged("progress"));
        demo::tell(books, story, [&](Date day, int at, int days) {
            progress.tell(fmt::format("Living through {}", day.str().substr(0, 7)), at, days);
        });
    }
    deliver_outbox(*suite);
    print(fmt::format("{}: two years up to {}.\n{}{}To look at it: tessera serve --database {}\n{}", demo::company_name,
                      story.today, made_text(suite->kernel(), books), holds_text(books), suite->database_name(), first_sign_in(*suite)));
}

}  // namespace demo_company

int demo(const Words& words) {
    Options options("demo --database FILE [--scale N] [--seed S]",
                    "Makes a company to look at: a small maker of lanterns with two years of orders, deliveries, "
                    "invoices, returns,\n"
                    "sales and payments up to today, made through the same commands that people use. The same seed and day make "
                    "the same company.");
    options.option("scale", "N", "so many times the business, 1 to 50", "1")
        .option("seed", "S", "another number, another story", "1")
        .option("today", "YYYY-MM-DD", "the last day of the story; today when not given")
        .flag("progress", "tell how far it is")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto story    = demo_company::story_of(options);
    const auto database = database_of(options);
    demo_company::require_modules(*load_modules(options));
    const bool was_there = database::exists(database);
    try {
        demo_company::make(options, story);
    } catch (...) {
        if (!was_there) database::remove_new(database);
        throw;
    }
    return done;
}

}  // namespace tessera::program
