#include "database/sqlite/word_rank.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace tessera::database::sqlite {

namespace word_rank {

// Statistics: of title, keywords and body.
constexpr std::array field_weight{4.0, 2.0, 1.0};
constexpr std::array length_counts{0.8, 0.8, 0.9};
constexpr double     saturation = 1.2;
constexpr int        fields     = 3;
constexpr int        terms_max  = 64;

struct Phrase {
    double weight = 0;
    int    term   = -1;
};

struct Kept {
    int                        terms = 0;
    std::vector<Phrase>        phrases{};
    std::array<double, fields> average{};
};

template <class Number>
Number next(std::string_view& text) {
    Number     number = 0;
    const auto end    = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    text.remove_prefix(std::min<std::size_t>(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
    return number;
}

void read_weights(std::string_view text, Kept& all) {
    all.terms = std::min(next<int>(text), terms_max);
    while (!text.empty()) {
        Phrase phrase;
        phrase.weight = next<double>(text);
        phrase.term   = next<int>(text);
        all.phrases.push_back(phrase);
    }
}

const Kept& kept(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_value* text) {
    if (auto* known = static_cast<Kept*>(api->xGetAuxdata(context, 0))) return *known;
    auto* fresh    = new Kept;
    read_weights({reinterpret_cast<const char*>(sqlite3_value_text(text)), static_cast<std::size_t>(sqlite3_value_bytes(text))}, *fresh);
    sqlite3_int64 rows = 0;
    api->xRowCount(context, &rows);
    for (int i = 0; i < fields; ++i) {
        sqlite3_int64 words = 0;
        api->xColumnTotalSize(context, i, &words);
        fresh->average[static_cast<std::size_t>(i)] = rows && words ? static_cast<double>(words) / static_cast<double>(rows) : 1;
    }
    api->xSetAuxdata(context, fresh, [](void* p) { delete static_cast<Kept*>(p); });
    return *fresh;
}

void rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int count, sqlite3_value** values) {
    if (count != 1) return sqlite3_result_error(result, "word_rank takes the weights", -1);
    const auto&                all = kept(api, context, values[0]);
    std::array<double, fields> one{};
    for (int i = 0; i < fields; ++i) {
        int words = 0;
        if (const int failed = api->xColumnSize(context, i, &words); failed != SQLITE_OK) return sqlite3_result_error_code(result, failed);
        const auto at = static_cast<std::size_t>(i);
        one[at]       = field_weight[at] / (1 - length_counts[at] + length_counts[at] * words / all.average[at]);
    }
    std::vector<double> found(all.phrases.size());
    int                 instances = 0;
    if (const int failed = api->xInstCount(context, &instances); failed != SQLITE_OK) return sqlite3_result_error_code(result, failed);
    for (int i = 0; i < instances; ++i) {
        int phrase = 0, column = 0, offset = 0;
        if (const int failed = api->xInst(context, i, &phrase, &column, &offset); failed != SQLITE_OK) return sqlite3_result_error_code(result, failed);
        if (static_cast<std::size_t>(phrase) < found.size()) found[static_cast<std::size_t>(phrase)] += one[static_cast<std::size_t>(column)];
    }
    double        score = 0;
    std::uint64_t met   = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& phrase = all.phrases[i];
        score += phrase.weight * found[i] * (saturation + 1) / (saturation + found[i]);
        if (found[i] > 0 && phrase.term >= 0 && phrase.term < terms_max) met |= std::uint64_t{1} << phrase.term;
    }
    if (all.terms > 0) score *= static_cast<double>(std::popcount(met)) / all.terms;
    sqlite3_result_double(result, score);
}

}  // namespace word_rank

void add_word_rank(sqlite3* connection) {
    fts5_api*     api       = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    if (!api || api->xCreateFunction(api, "word_rank", nullptr, word_rank::rank, nullptr) != SQLITE_OK)
        throw std::runtime_error("This SQLite cannot search for words: it was built without FTS5.");
}

}  // namespace tessera::database::sqlite
