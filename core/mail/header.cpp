#include "mail/header.h"

#include <tessera/text.h>

#include <fmt/chrono.h>
#include <openssl/evp.h>

#include <algorithm>

namespace tessera::mail::header {
namespace words {

constexpr std::size_t plain_max = 60, subject_max = 400, name_max = 120;
// The longest header name, this many bytes as an encoded word and its frame stay below the 76 characters of RFC 2047.
constexpr std::size_t bytes_max = 39;

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_plain(std::string_view text) {
    return text.size() <= plain_max && is_ascii(text) && text.find("=?") == std::string_view::npos && trim(text) == text;
}

std::string encoded_word(std::string_view bytes) {
    std::string base64((bytes.size() + 2) / 3 * 4 + 1, '\0');
    base64.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                                                           reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()))));
    return "=?UTF-8?B?" + base64 + "?=";
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string encoded(std::string_view text) {
    std::string folded;
    while (!text.empty()) {
        auto size = std::min(text.size(), bytes_max);
        while (size < text.size() && is_inside_character(text[size])) --size;
        folded += (folded.empty() ? "" : "\r\n ") + encoded_word(text.substr(0, size));
        text.remove_prefix(size);
    }
    return folded;
}

std::string quoted(std::string_view text) {
    std::string all = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') all += '\\';
        all += c;
    }
    return all + '"';
}

// RFC 2231: what is not a letter, a digit or one of a few marks as %XX.
std::string percent_encoded(std::string_view text) {
    std::string all;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        if (plain)
            all += c;
        else
            fmt::format_to(std::back_inserter(all), "%{:02X}", static_cast<unsigned char>(c));
    }
    return all;
}

}  // namespace words

std::string text(std::string_view value) {
    const auto line = excerpt(value, words::subject_max);
    return words::is_plain(line) ? line : words::encoded(line);
}

std::string mailbox(std::string_view name, std::string_view address) {
    const auto line = excerpt(trim(name), words::name_max);
    if (line.empty()) return std::string(address);
    if (words::is_plain(line)) return fmt::format("{} <{}>", words::quoted(line), address);
    return fmt::format("{}\r\n <{}>", words::encoded(line), address);
}

std::string attachment(std::string_view file_name) {
    auto line = excerpt(file_name, words::name_max);
    std::ranges::replace_if(
        line, [](char c) { return c == '/' || c == '\\'; }, '_');
    if (words::is_plain(line) && line.find_first_of("\"%") == std::string::npos) return fmt::format("attachment; filename=\"{}\"", line);
    return "attachment;\r\n filename*=UTF-8''" + words::percent_encoded(line);
}

std::string date(Instant moment) {
    const std::chrono::sys_time<std::chrono::microseconds> since{std::chrono::microseconds(moment.microseconds())};
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(std::chrono::floor<std::chrono::seconds>(since).time_since_epoch().count()));
}

}  // namespace tessera::mail::header
