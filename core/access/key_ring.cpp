#include "access/key_ring.h"

#include <tessera/digest.h>

#include "access/rights.h"

#include <sstream>

namespace tessera::access {

namespace key_ring {

constexpr auto         remembered      = std::chrono::seconds(60);
constexpr std::size_t  known_max       = 20'000;
constexpr std::int64_t use_noted_every = 5LL * 60 * 1'000'000;  // microseconds

bool has_second_factor(const Snapshot& tx, Id<User> user) {
    return tx.value<std::int64_t>("SELECT holder FROM access_second_factor WHERE holder = :user AND confirmed <> 0", user).has_value();
}

}  // namespace key_ring

std::vector<std::string> grants_of(const Token& token) {
    std::vector<std::string> all;
    std::istringstream       words(token.permissions);
    for (std::string word; words >> word;) all.push_back(word);
    return all;
}

void KeyRing::keep(Transaction& tx, std::string_view key, std::string_view kind, std::int64_t record, Instant expires_at) {
    tx.execute("INSERT INTO access_key (hash, kind, record, expires_at, used_at) VALUES (:hash, :kind, :record, :expires_at, :used_at)", sha256_hex(key), kind, record,
               expires_at.empty() ? std::int64_t{0} : expires_at.microseconds(), tx.now());
}

void KeyRing::forget(Transaction& tx, std::string_view kind, std::int64_t record) { tx.execute("DELETE FROM access_key WHERE kind = :kind AND record = :record", kind, record); }

std::optional<std::int64_t> KeyRing::holder(const Snapshot& tx, std::string_view key, std::string_view kind) {
    return tx.value<std::int64_t>("SELECT record FROM access_key WHERE hash = :hash AND kind = :kind AND (expires_at = 0 OR expires_at > :now)", sha256_hex(key), kind, tx.now());
}

Instant KeyRing::last_use(const Snapshot& tx, std::string_view kind, std::int64_t record) {
    return Instant::from_microseconds(tx.value<std::int64_t>("SELECT used_at FROM access_key WHERE kind = :kind AND record = :record", kind, record).value_or(0));
}

void KeyRing::look_again() {
    const std::lock_guard lock(mutex_);
    known_.clear();
}

std::shared_ptr<const Visitor> KeyRing::recognise(std::string_view key) {
    if (key.size() < 40 || key.size() > 100) return {};
    const auto hash    = sha256_hex(key);
    const auto version = suite_.rights_version();
    const auto now     = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(mutex_);
        const auto            it = known_.find(hash);
        if (it != known_.end() && it->second.rights_version == version && now < it->second.until) return it->second.visitor;
    }
    auto                  visitor = look_up(hash);
    const std::lock_guard lock(mutex_);
    if (!visitor) {
        known_.erase(hash);
        return {};
    }
    if (known_.size() >= key_ring::known_max) known_.clear();
    known_[hash] = {visitor, version, now + key_ring::remembered};
    return visitor;
}

std::shared_ptr<const Visitor> KeyRing::look_up(const std::string& hash) {
    std::shared_ptr<const Visitor> visitor;
    std::int64_t                   now = 0;
    Row                            row;
    suite_.read(Actor::system(), [&](const Snapshot& tx) {
        const auto found = tx.row<Row>("SELECT kind, record, expires_at, used_at FROM access_key WHERE hash = :hash", hash);
        now              = tx.now().microseconds();
        if (!found || (found->expires_at && found->expires_at <= now)) return;
        row     = *found;
        visitor = row.kind == of_session ? of_session_row(tx, row) : row.kind == of_token ? of_token_row(tx, row) : nullptr;
    });
    if (visitor && now - row.used_at > key_ring::use_noted_every) note_use(hash, now);
    return visitor;
}

std::shared_ptr<const Visitor> KeyRing::of_session_row(const Snapshot& tx, const Row& row) const {
    const auto session = tx.find(Id<Session>(row.record));
    const auto idle    = std::chrono::microseconds(tx.now().microseconds() - row.used_at);
    if (!session || session->state == SessionState::ended || idle > rules_.session_idle_max) return {};
    const auto user = tx.load(session->holder);
    auto       rights = rights_of(tx, user, tx.today());
    if (rights->granted().empty()) return {};
    return std::make_shared<Visitor>(Visitor{.kind          = Visitor::Kind::session,
                                             .actor         = {.name = user.name, .permissions = std::move(rights), .user = user.id.value},
                                             .full_name     = user.full_name,
                                             .session       = session->id,
                                             .signed_in_at  = session->started_at,
                                             .expires_at    = session->expires_at,
                                             .confirmed_at  = session->confirmed_at,
                                             .second_factor = key_ring::has_second_factor(tx, user.id)});
}

std::shared_ptr<const Visitor> KeyRing::of_token_row(const Snapshot& tx, const Row& row) const {
    const auto token = tx.find(Id<Token>(row.record));
    if (!token || token->state == TokenState::revoked || (!token->expires_on.empty() && token->expires_on < tx.today())) return {};
    const auto user = tx.load(token->holder);
    auto       rights = rights_of(tx, user, tx.today());
    if (rights->granted().empty()) return {};
    return std::make_shared<Visitor>(Visitor{.kind         = Visitor::Kind::token,
                                             .actor        = {.name = user.name, .permissions = Permissions::limited(std::move(rights), grants_of(*token)), .user = user.id.value},
                                             .full_name    = user.full_name,
                                             .token        = token->id,
                                             .signed_in_at = token->made_at});
}

// The newest use is kept roughly: it costs a write, and nobody waits for it. While the writer takes nothing (a full disk, a failed one, too
// many waiting) whoever reads must not be turned away for that; the next look-up notes it, and /readyz says what is wrong.
void KeyRing::note_use(const std::string& hash, std::int64_t used_at) {
    try {
        suite_.submit({.actor = Actor::system()}, [hash, used_at](Transaction& tx) { tx.execute("UPDATE access_key SET used_at = :used_at WHERE hash = :hash", used_at, hash); },
                      [](std::exception_ptr) {});
    } catch (const Refused&) {
    }
}

}  // namespace tessera::access
