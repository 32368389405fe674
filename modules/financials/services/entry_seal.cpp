#include "services/entry_seal.h"

#include <openssl/evp.h>

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

struct Digest {
    EVP_MD*     algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* context   = EVP_MD_CTX_new();
    ~Digest() {
        EVP_MD_CTX_free(context);
        EVP_MD_free(algorithm);
    }
};

}  // namespace entry_seal

std::string sha256(std::string_view text) {
    thread_local entry_seal::Digest digest;
    unsigned char                   bytes[EVP_MAX_MD_SIZE];
    unsigned int                    size = 0;
    if (EVP_DigestInit_ex2(digest.context, digest.algorithm, nullptr) != 1 ||
        EVP_DigestUpdate(digest.context, text.data(), text.size()) != 1 ||
        EVP_DigestFinal_ex(digest.context, bytes, &size) != 1)
        throw std::runtime_error("SHA-256 is not available");
    std::string hexadecimal;
    hexadecimal.reserve(2 * size);
    for (unsigned int i = 0; i < size; ++i) {
        hexadecimal += "0123456789abcdef"[bytes[i] >> 4];
        hexadecimal += "0123456789abcdef"[bytes[i] & 15];
    }
    return hexadecimal;
}

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
    return sha256(sealed_text(previous, entry, lines));
}

}  // namespace financials
