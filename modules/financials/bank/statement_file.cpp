#include "bank/statement_file.h"

#include "bank/statement_text.h"

#include <tessera/text.h>

namespace financials::bank {
namespace statement_format {

constexpr std::size_t bytes_max = 16u << 20;

bool has(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

bool is_mt940(std::string_view text) {
    for (const auto tag : {":20:", ":25:", ":60F:", ":60M:", ":61:"})
        if (text.starts_with(tag) || has(text, std::string("\n") + tag)) return true;
    return false;
}

std::vector<Statement> read(std::string_view text) {
    const auto start = text.substr(0, 4096);
    if (has(start, "<OFX>") || has(start, "OFXHEADER")) return read_ofx(text);
    if (tessera::trim(start).starts_with('<')) return read_camt(text);
    if (is_mt940(text)) return read_mt940(text);
    return read_csv_statement(text);
}

}  // namespace statement_format

std::vector<Statement> read_statements(std::string_view bytes, std::string_view name) {
    if (bytes.size() > statement_format::bytes_max)
        throw tessera::Refused("financials.statement_unreadable", "To read {}, divide it: it has more than {} MiB.", tessera::excerpt(name),
                               statement_format::bytes_max >> 20)
            .with_status(413);
    auto text = std::string(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
    if (!tessera::valid_utf8(text) && !tessera::trim(text).starts_with("<?xml")) text = utf8_of(text);
    auto statements = statement_format::read(text);
    if (statements.empty()) refuse(1, "the file has no statement in it");
    return statements;
}

}  // namespace financials::bank
