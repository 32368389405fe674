#include "search/query.h"

#include "search/words.h"

#include <algorithm>

namespace tessera::search {

namespace query {

class Reader {
public:
    Reader(std::string_view text, bool unfinished) : text_(text), unfinished_(unfinished) {}

    Asked all() {
        for (std::size_t at = 0; at < text_.size();) {
            const auto quote = text_.find('"', at);
            plain(text_.substr(at, quote == text_.npos ? quote : quote - at), quote == text_.npos);
            if (quote == text_.npos) break;
            const auto end = text_.find('"', quote + 1);
            phrase(text_.substr(quote + 1, end == text_.npos ? end : end - quote - 1));
            if (end == text_.npos) break;
            at = end + 1;
        }
        return std::move(asked_);
    }

private:
    std::size_t add(std::string word, bool unfinished) {
        const auto known = std::ranges::find(asked_.words, word, &AskedWord::word);
        if (known != asked_.words.end()) return static_cast<std::size_t>(known - asked_.words.begin());
        if (asked_.words.size() >= words_max) return asked_.words.size();
        asked_.words.push_back({std::move(word), unfinished});
        return asked_.words.size() - 1;
    }
    static bool is_without(std::string_view text, const Word& word) {
        return word.begin > 0 && text[word.begin - 1] == '-' && (word.begin == 1 || text[word.begin - 2] == ' ');
    }
    void plain(std::string_view text, bool is_last) {
        const auto words = words_of(text);
        auto       before = words_max;
        std::size_t last_end = 0;
        for (const auto& word : words) {
            if (is_without(text, word)) {
                if (!word.joined) asked_.without.push_back(word.folded);
                before = words_max;
                continue;
            }
            const bool unfinished = unfinished_ && is_last && word.end == text.size() && !word.joined;
            const auto index      = add(word.folded, unfinished);
            if (index >= words_max) break;
            const auto gap = text.substr(last_end, word.begin > last_end ? word.begin - last_end : 0);
            if (!word.joined && before < words_max && before != index && gap.find_first_of(",;.") == gap.npos) asked_.neighbours.emplace_back(before, index);
            if (!word.joined) before = index, last_end = word.end;
        }
    }
    void phrase(std::string_view text) {
        std::vector<std::size_t> side_by_side;
        for (const auto& word : words_of(text))
            if (!word.joined)
                if (const auto index = add(word.folded, false); index < words_max) side_by_side.push_back(index);
        if (!side_by_side.empty()) asked_.phrases.push_back(std::move(side_by_side));
    }

    std::string_view text_;
    bool             unfinished_;
    Asked            asked_{};
};

}  // namespace query

Asked read_query(std::string_view text, bool unfinished) { return query::Reader(text.substr(0, 1000), unfinished).all(); }

int letters_apart(std::string_view a, std::string_view b, int most) {
    const auto difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > static_cast<std::size_t>(most)) return most + 1;
    std::vector<int> two_ago(b.size() + 1), before(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) before[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0]       = static_cast<int>(i);
        int smallest = now[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], two_ago[j - 2] + 1);
            smallest = std::min(smallest, now[j]);
        }
        if (smallest > most) return most + 1;
        two_ago.swap(before);
        before.swap(now);
    }
    return std::min(before[b.size()], most + 1);
}

namespace query {

struct Known {
    std::string  word{};
    std::int64_t documents = 0;
};

}  // namespace query

// Whoever mistypes a word rarely does so in its first letter: those that begin with it are looked through.
std::string nearest_word(const Snapshot& tx, const std::string& word) {
    if (word.size() < 4 || std::ranges::any_of(word, [](unsigned char c) { return c < 0x80 ? c <= '9' : false; }) || static_cast<unsigned char>(word[0]) >= 0x80) return {};
    const int    most  = word.size() < 8 ? 1 : 2;
    const auto   first = word.substr(0, 1);
    const auto   after = std::string(1, static_cast<char>(first[0] + 1));
    std::string  best;
    int          apart = most + 1;
    std::int64_t often = 0;
    tx.each<query::Known>("SELECT word, documents FROM kernel_search_word WHERE stem >= :first AND stem < :after AND documents > 0 ORDER BY stem, word",
                          [&](const query::Known& known) {
                              const int letters = letters_apart(word, known.word, std::min(most, apart));
                              if (letters > most || letters > apart || (letters == apart && known.documents <= often)) return;
                              apart = letters;
                              often = known.documents;
                              best  = known.word;
                          },
                          first, after);
    return best;
}

namespace query {

bool is_meant(const Word& word, const std::vector<std::string>& stems, std::string_view language) {
    if (word.joined) return false;
    const auto stem = stem_of(word.folded, language);
    return std::ranges::any_of(stems, [&](const auto& one) { return one == stem || (one.ends_with('*') && word.folded.starts_with(std::string_view(one).substr(0, one.size() - 1))); });
}

// Where the most words stand together.
std::size_t best_begin(const std::vector<const Word*>& hits, std::size_t length) {
    std::size_t best = 0, most = 0;
    for (std::size_t i = 0, end = 0; i < hits.size(); ++i) {
        while (end < hits.size() && hits[end]->end - hits[i]->begin <= length) ++end;
        if (end - i > most) most = end - i, best = i;
    }
    return hits.empty() ? 0 : hits[best]->begin;
}

void append_flat(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '*' || c == '`' || c == '|' || c == '#') continue;      // of Markdown
        const bool space = c == '\n' || c == '\t' || c == '\r' || c == ' ' || c == '\x02' || c == '\x03';
        if (!space) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
}

}  // namespace query

std::string excerpt_of(std::string_view text, const std::vector<std::string>& stems, std::string_view language, std::size_t length) {
    constexpr std::size_t    before = 40;
    const auto               words = words_of(text.substr(0, 60'000));
    std::vector<const Word*> hits;
    for (const auto& word : words)
        if (query::is_meant(word, stems, language)) hits.push_back(&word);
    const auto  core  = query::best_begin(hits, length - before);
    std::size_t begin = 0, end = 0;
    for (const auto& word : words) {
        if (word.joined) continue;
        if (word.begin + before < core) begin = word.end;
        if (word.end <= begin + length) end = word.end;
    }
    if (begin > 0)
        while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\n')) ++begin;
    std::string out = begin ? "… " : "";
    auto        at  = begin;
    for (const auto* hit : hits) {
        if (hit->begin < at || hit->end > end) continue;
        query::append_flat(out, text.substr(at, hit->begin - at));
        out += '\x02';
        out += text.substr(hit->begin, hit->end - hit->begin);
        out += '\x03';
        at = hit->end;
    }
    const bool whole = !words.empty() && end >= words.back().end;
    if (whole) end = text.size();
    if (end > at) query::append_flat(out, text.substr(at, end - at));
    if (out.ends_with(' ')) out.pop_back();
    return out + (end && !whole ? " …" : "");
}

}  // namespace tessera::search
