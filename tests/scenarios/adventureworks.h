#pragma once
// AdventureWorks for tests: its files, the figures of its reference, and books it was imported into.
//
//     const SourceFolder files(Sales::of_2011);         // or Sales::all
//     const Books        books(files);
//     books.import();
//     for (const auto& row : reference("3.2 ")) …       // the first table below that heading of reference.md
//
// Figures are exact: millionths in integers, so that sums here cannot round.
#include "process.h"

#include <doctest/doctest.h>
#include <tessera/testing/database.h>

#include <boost/json.hpp>

#include <compare>
#include <map>
#include <set>

namespace adventureworks {

namespace fs   = std::filesystem;
namespace json = boost::json;
using Row      = std::map<std::string, std::string>;

struct Figure {
    std::int64_t millionths = 0;

    static Figure parse(std::string_view text);
    static Figure of(std::int64_t units) { return {units * 1'000'000}; }
    Figure& operator+=(Figure other) { return millionths += other.millionths, *this; }
    bool    operator==(const Figure&) const  = default;
    auto    operator<=>(const Figure&) const = default;
};
Figure operator*(Figure a, Figure b);
Figure operator+(Figure a, Figure b);
Figure operator-(Figure a, Figure b);
// As printed with four decimals, one way or the other where the fifth is just a half.
bool           same_to_four_decimals(Figure exact, Figure printed);
doctest::String toString(const Figure& figure);

// Where the data is; false, and said, when it is not there: the tests pass without it, except where CI is set.
fs::path data();
bool     data_is_there();

std::vector<Row> reference(const std::string& heading);

// A folder with the files: all of them, or with the sales of the first year alone.
enum class Sales { of_2011, all };
class SourceFolder {
public:
    explicit SourceFolder(Sales sales);
    fs::path         path() const { return scratch_.path(); }
    std::vector<Row> rows(const std::string& table) const;
    bool             has_year(std::string_view year) const { return sales_ == Sales::all || year == "2011"; }

private:
    Sales          sales_;
    whole::Scratch scratch_{};
};

class Books {
public:
    explicit Books(const SourceFolder& files);

    void                     import() const;
    void                     import_until_killed_after(std::chrono::milliseconds time) const;
    json::object             import_again() const;  // what it says
    whole::Ended             tessera(const std::string& words) const;
    std::vector<Row>         report(const std::string& words) const;
    std::int64_t             count(const std::string& entity, const std::string& filter = {}) const;
    // The closing balance of each account, by its code, and the code of each account role.
    std::map<std::string, Figure>      balances() const;
    std::map<std::string, std::string> accounts_of_roles() const;

private:
    whole::Setting setting() const;

    const SourceFolder&        files_;
    whole::Scratch             folder_;
    tessera::testing::Database database_{folder_.path(), "books"};
};

std::vector<Row> rows_of(const json::value& report);  // as it is given as JSON

// Adds up columns of rows by a key; "" as the key adds up all of them.
using Sums = std::map<std::string, std::map<std::string, Figure>>;
Sums sums(const std::vector<Row>& rows, const std::string& key, const std::vector<std::string>& columns);

struct Same {
    std::string ours, theirs;
};
void compare(const std::map<std::string, Figure>& ours, const Row& theirs, const std::vector<Same>& columns);

std::map<std::string, Figure> figures(const Row& row);

}  // namespace adventureworks
