#pragma once
// The words of an SQL text in small letters, in their order: names, keywords, numbers, and what stands in quotes.

#include <tessera/text.h>

#include <string>
#include <string_view>

namespace tessera::database {

inline bool is_of_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

template <class Visit>
void each_word(std::string_view sql, Visit&& visit) {
    for (std::size_t i = 0; i < sql.size();) {
        std::size_t end = i;
        while (end < sql.size() && is_of_word(sql[end])) ++end;
        if (end > i) visit(lower_ascii(sql.substr(i, end - i)));
        i = end + 1;
    }
}

}  // namespace tessera::database
