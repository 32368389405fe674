#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"
#include "kernel/state.h"
#include "metadata/list_condition.h"
#include "metadata/record_commands.h"
#include "search/index.h"
#include "search/sought.h"
#include "search/words.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace tessera::search {

namespace finding {

constexpr int  hits_max   = 100;
constexpr auto words_like = 12;      // of a record, by which others like it are found

// A reader from whom a field is hidden does not find records by it either: of these none are found at all.
bool may_find(const Snapshot& tx, const EntityDescription& e) {
    return is_found(e) && tx.user().may(e.read_permission) &&
           std::ranges::none_of(e.fields, [&](const auto& f) { return f.searchable && access::hides(tx.user(), e, f); }) &&
           std::ranges::none_of(e.lines, [&](const auto& l) {
               return std::ranges::any_of(l.entity->fields, [&](const auto& f) { return f.searchable && access::hides(tx.user(), *l.entity, f); });
           });
}

// Of the documents `d` those that the reader sees.
std::string seen(const Snapshot& tx, const std::vector<std::string>& wanted) {
    const auto*              narrowing = tx.state().narrowed ? tx.user().permissions->narrowing() : nullptr;
    std::vector<std::string> whole;
    std::string              text;
    for (const auto* e : tx.kernel().entities()) {
        if ((!wanted.empty() && std::ranges::find(wanted, e->name) == wanted.end()) || !may_find(tx, *e)) continue;
        if (!narrowing || !narrowing->narrows(*e)) whole.push_back("'" + e->name + "'");
        else text += fmt::format("{}(d.entity = '{}' AND EXISTS (SELECT 1 FROM {} t WHERE t.id = d.record))", text.empty() ? "" : " OR ", e->name, e->table);
    }
    if (!whole.empty()) text += fmt::format("{}d.entity IN ({})", text.empty() ? "" : " OR ", fmt::join(whole, ", "));
    return text.empty() ? "1 = 0" : "(" + text + ")";
}

struct Ranked {
    std::int64_t id    = 0;
    double       score = 0;
};

struct Page {
    std::int64_t                   limit = 0, offset = 0;
    Source                         left_out{};
    const metadata::ListCondition* which = nullptr;       // of the one entity that is looked through
};

// What narrows the one entity that is looked through.
std::optional<metadata::ListCondition> condition_of(const Snapshot& tx, const Request& request) {
    if (request.filters.empty()) return {};
    if (request.entities.size() != 1) throw Refused("search.one_kind", "To narrow what is found, name the one kind of records that {} belongs to.", excerpt(request.filters.front().field)).with_status(400);
    return metadata::ListCondition(tx, metadata::entity_to_read(tx, request.entities.front()), {.filters = request.filters});
}

std::vector<Ranked> ranked(const Snapshot& tx, const database::WordQuery& query, const std::string& seen, const Page& page) {
    const auto search = tx.connection().word_search(query);
    const auto text   = fmt::format(R"sql(
        SELECT found.id, found.score
          FROM (SELECT d.id AS id, {} * d.standing / 1000.0 AS score
                  FROM {} JOIN kernel_search_document d ON d.id = {}
                 WHERE {} AND {} AND NOT (d.entity = :entity AND d.record = :record)
                 ORDER BY {} DESC LIMIT {}) found
         ORDER BY found.score DESC, found.id DESC LIMIT :limit OFFSET :offset)sql",
                                  search.score, search.source, search.id, search.condition, seen, search.id, looked_through_max);
    std::vector<Ranked> found;
    sql::Use            use(tx, text);
    int                 parameter = 0;
    for (const auto& value : search.values) {
        ++parameter;
        if (const auto* number = std::get_if<double>(&value)) use->bind(parameter, *number);
        else use->bind(parameter, std::string_view(std::get<std::string>(value)));
    }
    if (page.which) {
        page.which->bind(*use, parameter);
        parameter += page.which->parameter_count();
    }
    use->bind(++parameter, page.left_out.entity);
    use->bind(++parameter, page.left_out.id);
    use->bind(++parameter, page.limit);
    use->bind(++parameter, page.offset);
    while (use->step()) found.push_back({use->integer(0), use->real(1)});
    return found;
}

struct Document {
    std::string  entity{};
    std::int64_t record = 0;
    std::string  title{}, keywords{}, body{}, language{};
};

std::vector<Hit> hits_of(const Snapshot& tx, const std::vector<Ranked>& ranked, const std::vector<std::string>& stems) {
    std::vector<Hit> hits;
    for (const auto& one : ranked) {
        const auto d = tx.row<Document>("SELECT entity, record, title, keywords, body, language FROM kernel_search_document WHERE id = :id", one.id);
        if (!d) continue;
        const auto& shown = d->body.empty() ? d->keywords : d->body;
        hits.push_back({d->entity, d->record, d->title, excerpt_of(shown, stems, d->language), one.score});
    }
    return hits;
}

bool is_caught_up(const Snapshot& tx) {
    return position(tx) >= tx.value<std::int64_t>("SELECT id FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(0);
}

// The words that tell a text from others, the most telling first.
std::vector<std::pair<double, std::string>> telling_words(const Snapshot& tx, const Document& d) {
    std::map<std::string, double> often;
    const auto                    count = [&](std::string_view text, double worth) {
        for (const auto& word : words_of(text))
            if (word.folded.size() > 2) often[stem_of(word.folded, d.language)] += worth;
    };
    count(d.title, 3);
    count(d.keywords, 2);
    count(std::string_view(d.body).substr(0, 20'000), 1);
    const auto                                  all = document_count(tx);
    std::vector<std::pair<double, std::string>> words;
    for (const auto& [stem, times] : often) {
        const auto documents = documents_with(tx, stem);
        if (documents > 1 && documents * 4 <= all * 3) words.emplace_back(times / (times + 2) * rarity(documents, all), stem);
    }
    std::ranges::sort(words, std::greater<>{});
    words.resize(std::min<std::size_t>(words.size(), words_like));
    return words;
}

}  // namespace finding

Found find(const Snapshot& tx, const Request& request) {
    Found        found{.caught_up = finding::is_caught_up(tx)};
    const auto   which = finding::condition_of(tx, request);
    const auto   limit = std::clamp(request.limit, 1, finding::hits_max);
    const auto   asked = read_query(request.text, request.unfinished);
    const Sought sought(tx, asked);
    if (!sought.is_known()) return found;
    auto seen = finding::seen(tx, request.entities);
    if (which) seen += fmt::format(" AND d.record IN (SELECT t.id FROM {} t{})", tx.kernel().find_entity(request.entities.front())->table, which->where());
    const auto*         narrows = which ? &*which : nullptr;
    const finding::Page page{limit + 1, std::max(request.offset, 0), {}, narrows};
    auto                ranked = finding::ranked(tx, sought.query(), seen, page);
    if (const auto wider = ranked.empty() ? sought.wider_query() : std::nullopt)
        if (page.offset == 0 || finding::ranked(tx, sought.query(), seen, {1, 0, {}, narrows}).empty()) ranked = finding::ranked(tx, *wider, seen, page);
    found.more  = std::ssize(ranked) > limit;
    if (found.more) ranked.pop_back();
    found.hits    = finding::hits_of(tx, ranked, sought.stems());
    found.read_as = found.hits.empty() ? "" : sought.read_as();
    return found;
}

std::vector<Hit> similar(const Snapshot& tx, const Source& record, const std::vector<std::string>& entities, int limit) {
    const auto* e = tx.kernel().find_entity(record.entity);
    if (!e || !finding::may_find(tx, *e) || (tx.state().narrowed && !access::sees(tx, *e, record.id))) return {};
    const auto document = tx.row<finding::Document>("SELECT entity, record, title, keywords, body, language FROM kernel_search_document WHERE entity = :entity AND record = :record", record.entity, record.id);
    if (!document) return {};
    database::WordQuery      query;
    std::vector<std::string> stems;
    std::vector<std::size_t> any;
    for (const auto& [weight, stem] : finding::telling_words(tx, *document)) {
        any.push_back(query.units.size());
        query.units.push_back({.words = {stem}, .weight = weight});
        stems.push_back(stem);
    }
    if (any.empty()) return {};
    query.all_of.push_back(std::move(any));
    return finding::hits_of(tx, finding::ranked(tx, query, finding::seen(tx, entities), {std::clamp(limit, 1, finding::hits_max), 0, record, nullptr}), stems);
}

}  // namespace tessera::search
