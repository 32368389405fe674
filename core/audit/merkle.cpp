#include "audit/merkle.h"

#include "audit/digest.h"

#include <charconv>

namespace tessera::audit {

namespace merkle {

std::string hash(std::string_view text) { return bytes_of_hex(sha256_hex(text)); }

std::string node(const std::string& left, const std::string& right) { return hash("\x01" + left + right); }

std::string hex_of(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned char>(c));
    return hex;
}

}  // namespace merkle

std::string bytes_of_hex(std::string_view hex) {
    std::string bytes(hex.size() / 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        unsigned value = 0;
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, value, 16);
        bytes[i] = static_cast<char>(value);
    }
    return bytes;
}

void MerkleTree::add(std::string_view leaf) {
    wholes_.push_back({1, merkle::hash(std::string(1, '\0').append(leaf))});
    while (wholes_.size() > 1 && wholes_[wholes_.size() - 2].leaves == wholes_.back().leaves) {
        const auto right = std::move(wholes_.back());
        wholes_.pop_back();
        wholes_.back() = {2 * right.leaves, merkle::node(wholes_.back().hash, right.hash)};
    }
}

// The largest power of two stands left of all the rest.
std::string MerkleTree::root() const {
    if (wholes_.empty()) return sha256_hex("");
    auto rest = wholes_.back().hash;
    for (auto left = wholes_.rbegin() + 1; left != wholes_.rend(); ++left) rest = merkle::node(left->hash, rest);
    return merkle::hex_of(rest);
}

}  // namespace tessera::audit
