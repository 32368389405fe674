#include "anchor_file.h"

#include <fstream>
#include <optional>
#include <sstream>

namespace tessera::program {

std::string read_file(const std::string& file) {
    std::ifstream      input(file, std::ios::binary);
    std::ostringstream text;
    if (input) text << input.rdbuf();
    if (!input || text.str().empty()) throw Refused("kernel.cannot_read", "To use {}, name a file that is there, can be read and has something in it.", file);
    return text.str();
}

std::vector<audit::Anchor> anchors_in(const std::string& file) {
    std::istringstream text(read_file(file));
    return audit::read_anchors(text, file);
}

Suite::Verified verified_anchors(Suite& suite, const Options& options) {
    Suite::Verified                 check{"kernel.audit_anchors", "The audit trail goes on from every anchor", {}};
    const auto                      anchors = anchors_in(options.text("anchors"));
    std::optional<audit::PublicKey> key;
    if (options.given("public-key")) key.emplace(read_file(options.text("public-key")), options.text("public-key"));
    suite.read(Actor{}, [&](const Snapshot& tx) { audit::check_anchors(tx, anchors, key ? &*key : nullptr, [&](Finding f) { check.findings.push_back(std::move(f)); }); });
    return check;
}

}  // namespace tessera::program
