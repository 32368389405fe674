#pragma once
// For tests: reads a letter as a mail program does, from the bytes that arrived.
//
//     const ReceivedLetter letter(server.letters().at(0).data);
//     CHECK(letter.header("Subject") == "Rechnung für März");
//     CHECK(letter.files.at(0).name == "März.pdf");
//
// It knows what Tessera's letters hold: one level of parts, quoted-printable and base64, the words of RFC 2047 in base64, the
// file names of RFC 2231 in one piece.

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::mail {

inline std::string from_base64(std::string_view text) {
    std::string packed;
    std::ranges::copy_if(text, std::back_inserter(packed), [](char c) { return c != '\r' && c != '\n'; });
    std::string bytes(packed.size() / 4 * 3 + 1, '\0');
    const int   size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(packed.data()),
                                       static_cast<int>(packed.size()));
    if (size < 0) throw std::runtime_error("not base64: " + packed);
    bytes.resize(static_cast<std::size_t>(size) - (packed.ends_with("==") ? 2 : packed.ends_with('=') ? 1 : 0));
    return bytes;
}

// What follows each mark as two hexadecimal digits becomes the byte: '=' of quoted-printable, '%' of RFC 2231.
inline std::string from_hexadecimal(std::string_view text, char mark) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != mark) {
            bytes += text[i];
        } else if (mark == '=' && text.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else {
            bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        }
    }
    return bytes;
}

inline std::string between(std::string_view text, std::string_view open, std::string_view close) {
    const auto at = text.find(open);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + open.size());
    return std::string(text.substr(0, text.find(close)));
}

// The header lines and what follows them.
struct Entity {
    std::string headers{}, content{};

    explicit Entity(std::string_view text) {
        const auto end = text.find("\r\n\r\n");
        headers        = std::string(text.substr(0, end)) + "\r\n";
        if (end != std::string_view::npos) content = text.substr(end + 4);
    }

    // As it stands there, with its folds; "" when there is none, an error when there are two.
    std::string raw(const std::string& name) const {
        const auto all   = "\r\n" + headers;
        const auto start = all.find("\r\n" + name + ": ");
        if (start == std::string::npos) return {};
        if (all.find("\r\n" + name + ": ", start + 1) != std::string::npos) throw std::runtime_error("twice: " + name);
        auto end = all.find("\r\n", start + 2);
        while (all.substr(end + 2, 1) == " ") end = all.find("\r\n", end + 2);
        return all.substr(start + name.size() + 4, end - start - name.size() - 4);
    }
    std::string header(const std::string& name) const {
        auto text = raw(name);
        for (auto fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n "))
            text.replace(fold, 3, text.substr(0, fold).ends_with("?=") && text.substr(fold + 3).starts_with("=?") ? "" : " ");
        for (auto word = text.find("=?UTF-8?B?"); word != std::string::npos; word = text.find("=?UTF-8?B?", word)) {
            const auto end   = text.find("?=", word + 10);
            const auto plain = from_base64(text.substr(word + 10, end - word - 10));
            text.replace(word, end + 2 - word, plain);
            word += plain.size();
        }
        return text;
    }
    std::string decoded() const {
        const auto encoding = raw("Content-Transfer-Encoding");
        if (encoding == "base64") return from_base64(content);
        return encoding == "quoted-printable" ? from_hexadecimal(content, '=') : content;
    }
};

struct ReceivedLetter : Entity {
    struct File {
        std::string name{}, media_type{}, bytes{};
    };
    std::string       text{};  // line breaks as "\n"
    std::vector<File> files{};

    explicit ReceivedLetter(std::string_view data) : Entity(data) {
        const auto boundary = "\r\n--" + between(header("Content-Type"), "boundary=", ";");
        const auto all      = "\r\n" + content;
        for (auto start = all.find(boundary); start != std::string::npos;) {
            start += boundary.size() + 2;
            const auto end = all.find(boundary, start);
            if (end == std::string::npos) break;
            take(Entity(std::string_view(all).substr(start, end - start)));
            start = end;
        }
    }

private:
    void take(const Entity& part) {
        const auto disposition = part.header("Content-Disposition");
        if (disposition.empty()) {
            text = part.decoded();
            std::erase(text, '\r');
            return;
        }
        auto name = between(disposition, "filename=\"", "\"");
        if (name.empty()) name = from_hexadecimal(between(disposition, "filename*=UTF-8''", ";"), '%');
        files.push_back({name, part.header("Content-Type"), part.decoded()});
    }
};

}  // namespace tessera::mail
