#pragma once
// The benchmarks, one function each; every row of the table names what was measured, the figure, its ceiling measured in
// the same run, their ratio, and the goal.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bench {

struct Settings {
    double                seconds   = 3;
    std::int64_t          lines_max = 1'000'000;
    std::string           directory{};
    std::string           data{};
    std::string           knowledge{};
    std::string           only{};
    std::string           postgres{};          // postgresql://USER@HOST:PORT of a server on which databases may be made
    std::vector<int>      clients{1, 8, 32};
    std::filesystem::path programs{};          // where tessera and the bare programs lie
};

struct Row {
    std::string what{};
    double      figure = 0;
    std::string unit{};
    double      ceiling = 0;                   // 0: none
    std::string goal{};                        // "≥ 0.5 ×", "≤ 20 ms"
};

class Table {
public:
    void add(Row row);
    void print() const;

private:
    std::vector<Row> rows_;
};

void measure_cycles(const Settings&, Table&);     // procure-to-pay in process, 1, 8 and 32 clients
void measure_http(const Settings&, Table&);       // the same over HTTP, and a single GET
void measure_idle(const Settings&, Table&);       // memory of connections that ask nothing
void measure_postgres(const Settings&, Table&);   // procure-to-pay in process on PostgreSQL, and by two processes
void measure_bulk(const Settings&, Table&);       // journal lines per second in bulk
void measure_reports(const Settings&, Table&);    // trial balance, general ledger, valuation as the ledger grows
void measure_lists(const Settings&, Table&);      // pages of 100,000 parties
void measure_customers(const Settings&, Table&);  // timeline, order tracking, the valuing of all customers
void measure_search(const Settings&, Table&);     // how well and how fast knowledge is found
void measure_replay(const Settings&, Table&);     // the AdventureWorks history of purchases and sales
void measure_start(const Settings&, Table&);      // start-up time and memory

// What the second process does: cycles in the world at this location, from when it is told to begin. Prints the rate.
void run_second(const Settings&, const std::string& location);

// Runs `work(client)` on that many threads for that long; each call is one unit. Units per second.
double rate(int clients, double seconds, const std::function<void(int client, std::int64_t n)>& work);
// The best of several runs, in milliseconds.
double best_of(int runs, const std::function<void()>& work);
// "name argument value" lines that a bare program printed, by "name argument".
std::map<std::string, double> run_bare(const Settings&, const std::string& program, const std::string& arguments);

}  // namespace bench
