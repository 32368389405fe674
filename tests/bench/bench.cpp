// Measures what a user waits for, each figure beside its ceiling in the same run: the same work written directly against
// SQLite, PostgreSQL or Beast. Prints one table. Nothing here is a test; run it on a quiet machine.
//
//     cmake --build --preset release -t tessera_bench && build/release/bin/tessera_bench [--seconds N] [--lines N] [--directory D] [--only NAME] [--clients N …]
//
// On PostgreSQL, with a server of its own that waits for the disk (or any other with --postgres LOCATION):
//
//     TESSERA_TEST_POSTGRES_DURABLE=1 bash tests/postgres/with_postgres.sh build/release/bin/tessera_bench --only postgres --directory /tmp

#include "measures.h"

#include <boost/program_options.hpp>

#include <fmt/core.h>

#include <cstdlib>

int main(int count, char** words) {
    namespace options = boost::program_options;
    bench::Settings              settings;
    options::options_description known("tessera_bench");
    known.add_options()("help", "this text")("seconds", options::value(&settings.seconds)->default_value(3.0), "how long each rate is measured")(
        "lines", options::value(&settings.lines_max)->default_value(1'000'000), "the largest number of journal lines (10000000 for the full table)")(
        "directory", options::value(&settings.directory)->default_value("/tmp"), "where the databases are made: a real disk, not memory")(
        "clients", options::value(&settings.clients)->multitoken(), "how many work at once, in place of 1, 8 and 32")(
        "knowledge", options::value(&settings.knowledge)->default_value(""), "a folder of articles/*.md and queries-sample.tsv, to measure search")(
        "data", options::value(&settings.data)->default_value(""), "the AdventureWorks files, to measure their replay")(
        "postgres", options::value(&settings.postgres)->default_value(""), "a PostgreSQL server, postgresql://USER@HOST:PORT, as one who may make databases")(
        "only", options::value(&settings.only)->default_value(""), "one of: cycles, postgres, http, idle, bulk, reports, lists, customers, search, replay, start");
    std::string                  second;
    options::options_description all;
    all.add(known).add_options()("second", options::value(&second), "the location of the world that this process is the second one in");
    options::variables_map values;
    options::store(options::parse_command_line(count, words, all), values);
    options::notify(values);
    if (values.count("help")) {
        fmt::print("Measures Tessera beside bare SQLite, bare PostgreSQL and bare Beast.\n");
        return 0;
    }
    if (!second.empty()) {
        bench::run_second(settings, second);
        return 0;
    }
    if (const char* server = std::getenv("TESSERA_TEST_POSTGRES"); server && settings.postgres.empty()) settings.postgres = server;
    settings.programs = std::filesystem::canonical("/proc/self/exe").parent_path();

    bench::Table table;
    const auto   wanted = [&](const char* name) { return settings.only.empty() || settings.only == name; };
    if (wanted("cycles")) bench::measure_cycles(settings, table);
    if (wanted("postgres")) bench::measure_postgres(settings, table);
    if (wanted("http")) bench::measure_http(settings, table);
    if (wanted("idle")) bench::measure_idle(settings, table);
    if (wanted("bulk")) bench::measure_bulk(settings, table);
    if (wanted("reports")) bench::measure_reports(settings, table);
    if (wanted("lists")) bench::measure_lists(settings, table);
    if (wanted("customers")) bench::measure_customers(settings, table);
    if (wanted("search")) bench::measure_search(settings, table);
    if (wanted("replay")) bench::measure_replay(settings, table);
    if (wanted("start")) bench::measure_start(settings, table);
    table.print();
}
