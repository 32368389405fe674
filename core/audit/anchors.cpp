#include "audit/anchors.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "audit/merkle.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <istream>

namespace tessera::audit {

namespace anchors {

constexpr std::string_view word = "tessera-anchor-1 ", before_signature = " signature=";

struct Entry {
    std::int64_t id = 0;
    Instant      at{};
    std::string  hash{};
};

std::string quoted(std::string_view text) {
    std::string out;
    JsonWriter  json(out);
    json.value(text);
    return out;
}

// The text in quotes that stands in front; empty when there is none.
std::string_view quoted_front(std::string_view text) {
    if (!text.starts_with('"')) return {};
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '"') return text.substr(0, at + 1);
        if (text[at] == '\\') ++at;
    }
    return {};
}

// Takes "name=value" and the space behind it off the front of a line.
class Line {
public:
    Line(std::string_view text, const std::string& file, int number) : rest_(text), file_(file), number_(number) {}

    Refused malformed() const {
        return Refused("kernel.malformed_anchor", "To use the anchors in {}, restore its line {} as it was written: it is none.", file_, number_).with_status(422);
    }
    void expect(std::string_view text) {
        if (!rest_.starts_with(text)) throw malformed();
        rest_.remove_prefix(text.size());
    }
    std::string_view value(std::string_view name) {
        expect(name);
        expect("=");
        const auto end   = std::min(rest_.find(' '), rest_.size());
        const auto found = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (found.empty()) throw malformed();
        return found;
    }
    std::int64_t number(std::string_view name) {
        const auto   text  = value(name);
        std::int64_t found = 0;
        const auto   read  = std::from_chars(text.data(), text.data() + text.size(), found);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || found < 1) throw malformed();
        return found;
    }
    std::string hash(std::string_view name) {
        const auto text = value(name);
        if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != text.npos) throw malformed();
        return std::string(text);
    }
    std::string_view rest() const { return rest_; }

private:
    std::string_view   rest_;
    const std::string& file_;
    int                number_;
};

Anchor read(Line line) {
    Anchor anchor;
    line.expect(word);
    anchor.day         = Date::parse(line.value("day"));
    anchor.first       = line.number("first");
    anchor.last        = line.number("last");
    const auto entries = line.number("entries");
    anchor.chain       = line.hash("chain");
    anchor.root        = line.hash("root");
    anchor.version     = line.value("version");
    line.expect("company=");
    const auto quoted = quoted_front(line.rest());
    const auto rest   = line.rest().substr(quoted.size());
    if (quoted.empty() || entries != anchor.last - anchor.first + 1) throw line.malformed();
    anchor.company = std::string(parse_json(quoted).as_string());
    if (!rest.empty() && !rest.starts_with(before_signature)) throw line.malformed();
    if (!rest.empty()) anchor.signature = rest.substr(before_signature.size());
    return anchor;
}

std::string name_of(const Anchor& anchor) {
    return anchor.line ? fmt::format("audit entry {} of {} (anchor in line {})", anchor.last, anchor.day, anchor.line) : fmt::format("audit entry {} of {}", anchor.last, anchor.day);
}

// One anchor against the entries as they come.
class Comparison {
public:
    explicit Comparison(const Anchor& anchor) : anchor_(&anchor) {}

    void add(const Entry& entry) {
        if (entry.id < anchor_->first || entry.id > anchor_->last) return;
        ++entries_;
        on_its_day_ &= entry.at.date() == anchor_->day;
        day_.add(bytes_of_hex(entry.hash));
        if (entry.id == anchor_->last) chain_ = entry.hash;
    }
    std::optional<Finding> difference() const {
        const auto expected = anchor_->last - anchor_->first + 1;
        if (chain_.empty()) return Finding{name_of(*anchor_), "chain " + anchor_->chain, "missing"};
        if (chain_ != anchor_->chain) return Finding{name_of(*anchor_), "chain " + anchor_->chain, "chain " + chain_};
        if (entries_ != expected) return Finding{name_of(*anchor_), fmt::format("{} entries from {}", expected, anchor_->first), fmt::format("{}", entries_)};
        if (!on_its_day_) return Finding{name_of(*anchor_), "entries of this day", "of others too"};
        if (const auto root = day_.root(); root != anchor_->root) return Finding{name_of(*anchor_), "root " + anchor_->root, "root " + root};
        return {};
    }
    std::int64_t last() const { return anchor_->last; }

private:
    const Anchor* anchor_;
    MerkleTree    day_{};
    std::string   chain_{};
    std::int64_t  entries_    = 0;
    bool          on_its_day_ = true;
};

template <class Visit>
void each_entry(const Snapshot& snapshot, const Visit& visit) {
    snapshot.each<Entry>("SELECT id, at, hash FROM kernel_audit ORDER BY id", visit);
}

}  // namespace anchors

std::vector<Anchor> anchors_of(const Snapshot& snapshot, const std::string& company, const std::string& version) {
    std::vector<Anchor> all;
    MerkleTree          day;
    const auto          end_day = [&] {
        if (!all.empty()) all.back().root = day.root();
        day = {};
    };
    anchors::each_entry(snapshot, [&](const anchors::Entry& entry) {
        if (all.empty() || all.back().day != entry.at.date()) {
            end_day();
            all.push_back({.day = entry.at.date(), .first = entry.id, .version = version, .company = company});
        }
        day.add(bytes_of_hex(entry.hash));
        all.back().last  = entry.id;
        all.back().chain = entry.hash;
    });
    end_day();
    return all;
}

std::string text_of(const Anchor& a) {
    return fmt::format("{}day={} first={} last={} entries={} chain={} root={} version={} company={}", anchors::word, a.day, a.first, a.last, a.last - a.first + 1, a.chain, a.root,
                       a.version, anchors::quoted(a.company));
}

std::string line_of(const Anchor& a) {
    auto text = text_of(a);
    if (!a.signature.empty()) text.append(anchors::before_signature).append(a.signature);
    return text;
}

std::vector<Anchor> read_anchors(std::istream& input, const std::string& file) {
    std::vector<Anchor> all;
    std::string         text;
    for (int number = 1; std::getline(input, text); ++number) {
        if (trim(text).empty() || text.starts_with('#')) continue;
        const anchors::Line line(trim(text), file, number);
        try {
            all.push_back(anchors::read(line));
        } catch (const Refused&) {
            throw line.malformed();
        }
        all.back().line = number;
        if (line_of(all.back()) != trim(text)) throw line.malformed();
    }
    if (input.bad()) throw Refused("kernel.cannot_read", "To use the anchors in {}, make it readable.", file);
    return all;
}

void check_anchors(const Snapshot& snapshot, const std::vector<Anchor>& all, const PublicKey* key, const std::function<void(Finding)>& found) {
    std::vector<anchors::Comparison> comparisons;
    for (const auto& anchor : all) {
        comparisons.emplace_back(anchor);
        if (key && !key->proves(text_of(anchor), anchor.signature))
            found({anchors::name_of(anchor), "a signature by this key", anchor.signature.empty() ? "none" : "another"});
    }
    std::ranges::stable_sort(comparisons, {}, &anchors::Comparison::last);
    auto open = comparisons.begin();
    anchors::each_entry(snapshot, [&](const anchors::Entry& entry) {
        while (open != comparisons.end() && open->last() < entry.id) ++open;
        for (auto one = open; one != comparisons.end(); ++one) one->add(entry);
    });
    for (const auto& one : comparisons)
        if (auto difference = one.difference()) return found(std::move(*difference));
}

}  // namespace tessera::audit
