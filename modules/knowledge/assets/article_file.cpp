#include "assets/article_file.h"

#include <tessera/document.h>
#include <tessera/text.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace knowledge {

namespace article_file {

using tessera::lower_ascii;
using tessera::trim;

std::string unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    if (!quoted) return std::string(text);
    std::string out;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && text.front() == '"' && i + 2 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

std::string_view take_line(std::string_view& text) {
    const auto end  = std::min(text.find('\n'), text.size());
    auto       line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// True when the text began with front matter, which is then taken away.
bool take_front(std::string_view& text, std::map<std::string, std::string>& front) {
    auto rest = text;
    if (take_line(rest) != "---") return false;
    std::map<std::string, std::string> read;
    while (!rest.empty()) {
        const auto line = take_line(rest);
        if (line == "---") {
            front = std::move(read);
            text  = rest;
            return true;
        }
        if (const auto colon = line.find(':'); colon != std::string_view::npos) read[lower_ascii(trim(line.substr(0, colon)))] = unquoted(trim(line.substr(colon + 1)));
    }
    return false;
}

bool is_no_sign(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; }

std::string without_returns(std::string_view text) {
    std::string out(text);
    std::erase(out, '\r');
    return out;
}

std::string decoded(std::string_view address) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        if (address[i] == '%' && i + 2 < address.size() && digit(address[i + 1]) >= 0 && digit(address[i + 2]) >= 0) {
            out += static_cast<char>(digit(address[i + 1]) * 16 + digit(address[i + 2]));
            i += 2;
        } else {
            out += address[i];
        }
    }
    return out;
}

}  // namespace article_file

ArticleFile read_article(const std::string& path, std::string_view bytes) {
    using namespace article_file;
    ArticleFile article;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (std::ranges::any_of(bytes, article_file::is_no_sign)) throw tessera::Refused("knowledge.no_article", "It holds bytes that are no text.").with_status(422);
    const auto name = lower_ascii(path);
    if (name.ends_with(".html") || name.ends_with(".htm")) {
        const auto page = tessera::read_html(bytes);
        article.front   = {{"title", page.title}, {"description", page.description}, {"language", page.language}};
        article.body    = page.markdown;
        return article;
    }
    take_front(bytes, article.front);
    while (bytes.starts_with('\n') || bytes.starts_with('\r')) bytes.remove_prefix(1);
    article.body = without_returns(bytes);
    return article;
}

std::string resolved(std::string_view from, std::string_view address) {
    address = address.substr(0, address.find_first_of("#?"));
    if (address.empty() || address.starts_with('/') || address.find(':') != std::string_view::npos) return {};
    std::vector<std::string> parts;
    const auto               add = [&](std::string_view path) {
        bool inside = true;
        while (!path.empty()) {
            const auto end  = std::min(path.find('/'), path.size());
            const auto part = path.substr(0, end);
            path.remove_prefix(std::min(end + 1, path.size()));
            if (part.empty() || part == ".") continue;
            if (part != "..") parts.emplace_back(part);
            else if (parts.empty()) inside = false;
            else parts.pop_back();
        }
        return inside;
    };
    const auto folder = from.rfind('/');
    add(folder == std::string_view::npos ? std::string_view{} : from.substr(0, folder));
    if (!add(article_file::decoded(address))) return {};
    std::string path;
    for (const auto& part : parts) path += (path.empty() ? "" : "/") + part;
    return path;
}

std::string with_addresses(std::string_view markdown, const std::function<std::string(std::string_view address)>& other) {
    std::string out;
    while (!markdown.empty()) {
        const auto at = markdown.find("](");
        if (at == std::string_view::npos) break;
        out += markdown.substr(0, at + 2);
        markdown.remove_prefix(at + 2);
        const bool pointed = markdown.starts_with('<');
        const auto end     = pointed ? markdown.find('>') : markdown.find_first_of(" )\n");
        if (end == std::string_view::npos) break;
        const auto address = pointed ? markdown.substr(1, end - 1) : markdown.substr(0, end);
        const auto instead = other(address);
        out += instead.empty() ? std::string(markdown.substr(0, pointed ? end + 1 : end)) : instead;
        markdown.remove_prefix(pointed ? end + 1 : end);
    }
    return out + std::string(markdown);
}

std::optional<std::int64_t> number_in(std::string_view address, std::string_view before) {
    if (!address.starts_with(before)) return {};
    address.remove_prefix(before.size());
    address           = address.substr(0, address.find('#'));
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), number);
    return error == std::errc{} && end == address.data() + address.size() && number > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace knowledge
