#include "adventureworks.h"

#include <tessera/csv.h>

#include <fstream>
#include <iterator>

namespace adventureworks {

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> cells(std::string_view line) {
    std::vector<std::string> all;
    for (std::size_t at = 1; at < line.size();) {
        const auto end  = line.find('|', at);
        auto       cell = line.substr(at, end - at);
        while (cell.starts_with(' ')) cell.remove_prefix(1);
        while (cell.ends_with(' ')) cell.remove_suffix(1);
        all.emplace_back(cell);
        at = end == std::string_view::npos ? line.size() : end + 1;
    }
    return all;
}

// The rows of a file that are wanted; none of their values needs quotes.
template <class Wanted>
void copy_some(const fs::path& from, const fs::path& to, const Wanted& wanted) {
    const auto         text = text_of(from);
    std::ofstream      out(to, std::ios::binary);
    tessera::CsvReader csv(text);
    bool               headed = false;
    const auto         write  = [&](auto&& value_of) {
        for (std::size_t i = 0; i < csv.header().size(); ++i) out << (i == 0 ? "" : ",") << value_of(i);
        out << '\n';
    };
    while (csv.next()) {
        if (!std::exchange(headed, true)) write([&](std::size_t i) { return csv.header()[i]; });
        if (wanted(csv)) write([&](std::size_t i) { return csv[i]; });
    }
}

std::string_view column(const tessera::CsvReader& csv, std::string_view name) {
    const auto at = std::ranges::find(csv.header(), name);
    REQUIRE(at != csv.header().end());
    return csv[static_cast<std::size_t>(at - csv.header().begin())];
}

}  // namespace

// ---- figures

Figure Figure::parse(std::string_view text) {
    const bool   negative = text.starts_with('-');
    std::int64_t units    = 0;
    int          decimals = -1;
    for (const char c : text) {
        if (c == '.') decimals = 0;
        if (c < '0' || c > '9' || decimals == 6) continue;
        units = units * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int i = std::max(decimals, 0); i < 6; ++i) units *= 10;
    return {negative ? -units : units};
}
Figure operator*(Figure a, Figure b) { return {static_cast<std::int64_t>(static_cast<__int128>(a.millionths) * b.millionths / 1'000'000)}; }
Figure operator+(Figure a, Figure b) { return {a.millionths + b.millionths}; }
Figure operator-(Figure a, Figure b) { return {a.millionths - b.millionths}; }

bool same_to_four_decimals(Figure exact, Figure printed) {
    const auto off = exact.millionths - printed.millionths;
    return -50 <= off && off <= 50;
}

doctest::String toString(const Figure& figure) { return std::to_string(figure.millionths).c_str(); }

std::map<std::string, Figure> figures(const Row& row) {
    std::map<std::string, Figure> all;
    for (const auto& [name, value] : row) all[name] = Figure::parse(value);
    return all;
}

Sums sums(const std::vector<Row>& rows, const std::string& key, const std::vector<std::string>& columns) {
    Sums all;
    for (const auto& row : rows)
        for (const auto& column : columns) all[key.empty() ? "" : row.at(key)][column] += Figure::parse(row.at(column));
    return all;
}

void compare(const std::map<std::string, Figure>& ours, const Row& theirs, const std::vector<Same>& columns) {
    for (const auto& column : columns) {
        CAPTURE(column.theirs);
        CHECK(ours.at(column.ours) == Figure::parse(theirs.at(column.theirs)));
    }
}

// ---- the files

fs::path data() {
    const char* shared = ::getenv("TESSERA_SHARED_DIR");
    return fs::path(shared ? shared : TESSERA_SHARED_DIR) / "data" / "adventureworks";
}

bool data_is_there() {
    if (fs::exists(data() / "reference.md")) return true;
    if (::getenv("CI")) FAIL("To run these tests, put the sample data beside the repository: " << data().string());
    MESSAGE("Left out: ", data().string(), " is not there.");
    return false;
}

std::vector<Row> reference(const std::string& heading) {
    std::istringstream       file(text_of(data() / "reference.md"));
    std::vector<std::string> columns;
    std::vector<Row>         rows;
    bool                     found = false;
    for (std::string line; std::getline(file, line);) {
        if (!found)
            found = line.starts_with("#") && line.find(heading) != std::string::npos;
        else if (line.starts_with("|--"))
            continue;
        else if (line.starts_with("|") && columns.empty())
            columns = cells(line);
        else if (line.starts_with("|")) {
            auto&      row    = rows.emplace_back();
            const auto values = cells(line);
            for (std::size_t i = 0; i < std::min(columns.size(), values.size()); ++i) row[columns[i]] = values[i];
        } else if (!columns.empty())
            break;
    }
    REQUIRE_MESSAGE(!rows.empty(), "reference.md has no table below ", heading);
    return rows;
}

SourceFolder::SourceFolder(Sales sales) : sales_(sales) {
    for (const auto& file : fs::directory_iterator(data()))
        if (file.path().extension() == ".csv" && (sales == Sales::all || !file.path().filename().string().starts_with("SalesOrder")))
            fs::create_symlink(file.path(), path() / file.path().filename());
    if (sales == Sales::all) return;
    std::set<std::string, std::less<>> orders;
    copy_some(data() / "SalesOrderHeader.csv", path() / "SalesOrderHeader.csv", [&](const tessera::CsvReader& csv) {
        return column(csv, "OrderDate").starts_with("2011") && orders.emplace(column(csv, "SalesOrderID")).second;
    });
    copy_some(data() / "SalesOrderDetail.csv", path() / "SalesOrderDetail.csv",
              [&](const tessera::CsvReader& csv) { return orders.contains(column(csv, "SalesOrderID")); });
}

std::vector<Row> SourceFolder::rows(const std::string& table) const {
    const auto         text = text_of(path() / (table + ".csv"));
    std::vector<Row>   rows;
    tessera::CsvReader csv(text);
    while (csv.next()) {
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < csv.header().size(); ++i) row[std::string(csv.header()[i])] = std::string(csv[i]);
    }
    return rows;
}

// ---- the books

Books::Books(const SourceFolder& files) : files_(files) { REQUIRE(tessera("init --name 'Adventure Works' --currency USD --decimals 6").code == 0); }

void Books::import() const {
    const auto imported = tessera("import adventureworks " + files_.path().string());
    REQUIRE_MESSAGE(imported.code == 0, imported.errors);
}

void Books::import_until_killed_after(std::chrono::milliseconds time) const {
    whole::Program program({whole::tessera(), "import", "adventureworks", files_.path().string()}, setting());
    std::this_thread::sleep_for(time);
    program.stop(SIGKILL);
}

json::object Books::import_again() const {
    const auto again = tessera("import adventureworks " + files_.path().string() + " --format json");
    REQUIRE_MESSAGE(again.code == 0, again.errors);
    return json::parse(again.output).as_object();
}

whole::Ended Books::tessera(const std::string& words) const {
    return whole::run({"/bin/sh", "-c", "exec tessera " + words}, setting(), std::chrono::seconds(900));
}

std::vector<Row> rows_of(const json::value& report) {
    std::vector<Row> rows;
    for (const auto& one : report.as_object().at("rows").as_array()) {
        auto& row = rows.emplace_back();
        for (const auto& [name, value] : one.as_object())
            row[std::string(name)] = value.is_string() ? std::string(value.as_string()) : value.is_null() ? std::string() : json::serialize(value);
    }
    return rows;
}

std::vector<Row> Books::report(const std::string& words) const {
    const auto ended = tessera("report " + words + " --format json");
    REQUIRE_MESSAGE(ended.code == 0, words, ": ", ended.errors);
    return rows_of(json::parse(ended.output));
}

std::int64_t Books::count(const std::string& entity, const std::string& filter) const {
    const auto ended = tessera(entity + " list --limit 1 --format json " + filter);
    REQUIRE_MESSAGE(ended.code == 0, entity, ": ", ended.errors);
    return json::parse(ended.output).as_object().at("total").as_int64();
}

std::map<std::string, Figure> Books::balances() const {
    std::map<std::string, Figure> accounts;
    for (const auto& row : report("financials.trial_balance")) accounts[row.at("account")] = Figure::parse(row.at("closing"));
    return accounts;
}

std::map<std::string, std::string> Books::accounts_of_roles() const {
    std::map<std::string, std::string> accounts;
    for (const auto& row : report("financials.account_roles")) accounts[row.at("role")] = row.at("account");
    return accounts;
}

whole::Setting Books::setting() const { return {.directory = folder_.path(), .environment = {"TESSERA_DATABASE=" + database_.location()}}; }

}  // namespace adventureworks
