#include "services/entry_seal.h"

#include <tessera/digest.h>

#include <charconv>

namespace financials {
namespace entry_seal {

class Text {
public:
    explicit Text(std::string& out) : out_(out) {}
    void add(std::string_view text) {
        digits(static_cast<std::int64_t>(text.size()));
        out_ += ':';
        out_ += text;
        out_ += ',';
    }
    void add(std::int64_t number) {
        char       buffer[24];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        add(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
    }
    void add(Date date) {
        std::string text;
        date.append_to(text);
        add(std::string_view(text));
    }
    // An id; none is the empty text.
    void reference(std::int64_t id) { id ? add(id) : add(std::string_view{}); }

private:
    void digits(std::int64_t number) {
        char       buffer[24];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        out_.append(buffer, static_cast<std::size_t>(end - buffer));
    }
    std::string& out_;
};

}  // namespace entry_seal

std::string sealed_text(std::string_view previous, const PostedEntry& entry, std::span<const SealedLine> lines) {
    std::string out;
    out.reserve(256 + 96 * lines.size());
    entry_seal::Text text(out);
    text.add(previous);
    text.add(entry.company);
    text.add(std::string_view(entry.number));
    text.add(entry.date);
    text.add(entry.recorded_at.microseconds());
    text.add(std::string_view(entry.journal));
    text.add(std::string_view(entry.memo));
    text.add(std::string_view(entry.source_entity));
    text.add(entry.source_id);
    text.reference(entry.reverses.value);
    text.add(std::string_view(entry.user));
    text.add(static_cast<std::int64_t>(lines.size()));
    for (const auto& line : lines) {
        text.add(line.account);
        text.add(line.date);
        text.add(line.amount);
        text.reference(line.party);
        text.add(line.memo);
        text.add(line.currency);
        text.add(line.foreign_amount);
    }
    return out;
}

std::string seal(std::string_view previous, const PostedEntry& entry, std::span<const SealedLine> lines) {
    return tessera::sha256_hex(sealed_text(previous, entry, lines));
}

}  // namespace financials
