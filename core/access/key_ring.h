#pragma once
// Which key is whose: of sessions, tokens and links to choose a password with. Only what a key hashes to is kept, in the table
// access_key; who a key belongs to and may do is remembered for a minute, or until a user, role, session or token changes.

#include <tessera/accounts.h>

#include <mutex>
#include <unordered_map>

namespace tessera::access {

class KeyRing {
public:
    static constexpr std::string_view of_session = "session", of_token = "token", of_link = "link";

    KeyRing(Suite& suite, AccountRules rules) : suite_(suite), rules_(rules) {}

    std::shared_ptr<const Visitor> recognise(std::string_view key);
    void                           look_again();  // at everything that is remembered

    // An empty `expires_at`: never.
    static void                        keep(Transaction& tx, std::string_view key, std::string_view kind, std::int64_t record, Instant expires_at);
    static void                        forget(Transaction& tx, std::string_view kind, std::int64_t record);
    static std::optional<std::int64_t> holder(const Snapshot& tx, std::string_view key, std::string_view kind);
    static Instant                     last_use(const Snapshot& tx, std::string_view kind, std::int64_t record);

private:
    struct Known {
        std::shared_ptr<const Visitor>        visitor{};
        std::uint64_t                         rights_version = 0;
        std::chrono::steady_clock::time_point until{};
    };
    struct Row {
        std::string  kind{};
        std::int64_t record = 0, expires_at = 0, used_at = 0;
    };

    std::shared_ptr<const Visitor> look_up(const std::string& hash);
    std::shared_ptr<const Visitor> of_session_row(const Snapshot& tx, const Row& row) const;
    std::shared_ptr<const Visitor> of_token_row(const Snapshot& tx, const Row& row) const;
    void                           note_use(const std::string& hash, std::int64_t used_at);

    Suite&       suite_;
    AccountRules rules_;

    std::mutex                             mutex_;
    std::unordered_map<std::string, Known> known_;
};

}  // namespace tessera::access
