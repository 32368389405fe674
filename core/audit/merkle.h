#pragma once
// The root of a Merkle tree after RFC 6962, section 2.1, over any number of leaves that come one after another; it remembers one
// hash for each power of two in their number.
//
//     MTH({})          = SHA-256()
//     MTH({d0})        = SHA-256(0x00 || d0)
//     MTH({d0 … dn-1}) = SHA-256(0x01 || MTH({d0 … dk-1}) || MTH({dk … dn-1})),   k the largest power of two smaller than n
//
// Of the audit trail a leaf is the hash of an entry, as its 32 bytes. Who has the hashes of a day can compute its root with any
// SHA-256, and of the root, an entry's hash and log2(n) others anybody can tell that the entry was one of that day.
//
//     MerkleTree day;
//     for (const auto& entry : entries) day.add(bytes_of_hex(entry.hash));
//     day.root();                              // 64 hexadecimal digits

#include <tessera/refused.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::audit {

class MerkleTree {
public:
    void        add(std::string_view leaf);
    std::string root() const;

private:
    struct Whole {
        std::uint64_t leaves = 1;  // a power of two
        std::string   hash{};      // 32 bytes
    };
    std::vector<Whole> wholes_{};  // each larger than the next
};

// Of an even number of hexadecimal digits; what is none counts as 0.
std::string bytes_of_hex(std::string_view hex);

}  // namespace tessera::audit
