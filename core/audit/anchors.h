#pragma once
// An anchor says in one line of text what the audit trail was at a moment. Kept where whoever writes the books cannot reach it (on
// paper, in a mail, with a timestamp), it proves later that nothing before it was changed, not even by someone who seals the whole
// trail anew.
//
//     tessera-anchor-1 day=2026-11-29 first=1 last=57 entries=57 chain=9b6f… root=5dc9… version=0.1.0 company="Acme Bicycles" signature=mK3…
//
// It is of the entries of one day (UTC) from its first to its last when the anchor was made: `chain` is the hash of the last, into
// which all before it went, `root` the Merkle root over the hashes of that day's (merkle.h). A day that has gone on since has another
// anchor. The signature (signature.h) is of the text before " signature=". Roots are computed from the entries whenever they are asked for.

#include <tessera/kernel.h>

#include "audit/signature.h"

#include <iosfwd>

namespace tessera::audit {

struct Anchor {
    Date         day{};
    std::int64_t first = 0, last = 0;
    std::string  chain{}, root{};
    std::string  version{}, company{};
    std::string  signature{};  // empty: not signed
    int          line = 0;     // of the file it was read from
};

// Of each day with entries, the newest last.
TESSERA_API std::vector<Anchor> anchors_of(const Snapshot& snapshot, const std::string& company, const std::string& version);

TESSERA_API std::string text_of(const Anchor& anchor);  // without its signature
TESSERA_API std::string line_of(const Anchor& anchor);  // with it, where it has one; no line break

// Empty lines and those that begin with # are passed over. Refused "kernel.malformed_anchor", naming file and line.
TESSERA_API std::vector<Anchor> read_anchors(std::istream& input, const std::string& file);

// Names the first anchor that is no prefix of the trail as it is now; and with a key every one that is not signed by it.
TESSERA_API void check_anchors(const Snapshot& snapshot, const std::vector<Anchor>& anchors, const PublicKey* key, const std::function<void(Finding)>& found);

}  // namespace tessera::audit
