#include "kernel/number_series.h"

namespace tessera {

namespace number_series {

std::int64_t read(database::Connection& connection, std::int64_t company, std::string_view series, std::int64_t year) {
    auto& s = connection.prepare("SELECT last FROM kernel_number_series WHERE company = :company AND series = :series AND year = :year");
    s.bind(1, company);
    s.bind(2, series);
    s.bind(3, year);
    const auto last = s.step() ? s.integer(0) : 0;
    connection.release(s);
    return last;
}

}  // namespace number_series

std::int64_t NumberSeries::next(database::Connection& connection, std::int64_t company, std::string_view series, std::int64_t year) {
    const Key key{company, std::string(series), year};
    auto      stand = stands_.find(key);
    if (stand == stands_.end()) {
        const auto last = number_series::read(connection, company, series, year);
        stand           = stands_.emplace(key, Stand{last, last}).first;
    }
    taken_.push_back(stand);
    return ++stand->second.last;
}

void NumberSeries::write(database::Connection& connection) {
    for (auto& [key, stand] : stands_) {
        if (stand.last == stand.written) continue;
        auto& s = connection.prepare(R"sql(INSERT INTO kernel_number_series (company, series, year, last) VALUES (:company, :series, :year, :last)
            ON CONFLICT (company, series, year) DO UPDATE SET last = excluded.last)sql");
        s.bind(1, key.company);
        s.bind(2, std::string_view(key.series));
        s.bind(3, key.year);
        s.bind(4, stand.last);
        s.step();
        stand.written = stand.last;
    }
}

void NumberSeries::command_undone() {
    for (const auto stand : taken_) --stand->second.last;
    taken_.clear();
}

void NumberSeries::forget() {
    taken_.clear();
    stands_.clear();
}

}  // namespace tessera
