#pragma once
// Accounts let people and programs in: sign in, stay signed in, choose a password, second factors, tokens. They stand on a
// running suite; an HttpServer has one, and the command line makes one to hand out links and tokens.
//
//     Accounts   accounts(*suite);
//     const auto link = accounts.make_link(Actor{}, "ada");             // to be opened once: <server>/welcome#<link.key>
//     const auto in   = accounts.accept_link(link.key, "five words that ada knows", {});
//     accounts.recognise(in.key)->actor.may("purchasing.approve")
//
// A key is 256 bits of chance; only its hash is kept. Whatever changes about a user, a role, a session or a token holds for the
// next request, on this server at once and on others of the same books within moments. Everything is in the audit trail
// under the user's own name, refused attempts too.
//
// Who guesses is slowed down, never the user: after some failures from one address for one name, and from one address at all, it
// has to wait, longer each time; addresses that the user has signed in from before do not wait for the failures of others.
//
// Refused: kernel.wrong_credentials, kernel.code_required, kernel.wrong_code (401), kernel.too_many_attempts (429, says how long),
// kernel.link_unknown (404), kernel.weak_password (422), access.no_role (403: known, but nothing is permitted today). May be used
// from every thread; what checks a password takes some 60 ms.

#include <tessera/access.h>
#include <tessera/suite.h>

namespace tessera::access {

// Who sends a request.
struct Visitor {
    enum class Kind { session, token, operator_of_the_books, anybody };
    Kind        kind = Kind::anybody;
    Actor       actor{};
    std::string full_name{};
    Id<Session> session{};
    Id<Token>   token{};
    Instant     signed_in_at{}, expires_at{}, confirmed_at{};
    bool        second_factor = false;
};
constexpr auto names_of(Visitor::Kind) { return names("session", "token", "operator", "open"); }

struct Place {
    std::string address{};  // "192.0.2.7"
    std::string agent{};    // what the browser calls itself
    std::string request{};  // its id
};

struct AccountRules {
    std::chrono::milliseconds session_idle_max     = std::chrono::hours(8);
    std::chrono::milliseconds session_age_max      = std::chrono::hours(7 * 24);
    std::chrono::milliseconds link_age_max         = std::chrono::hours(24);
    std::chrono::milliseconds confirmation_age_max = std::chrono::minutes(10);
};

// What a token lets a program do, one by one.
TESSERA_API std::vector<std::string> grants_of(const Token& token);

// 256 bits of chance as 43 characters that may stand in addresses and cookies.
TESSERA_API std::string fresh_key();

// Whether anybody has a password yet.
TESSERA_API bool somebody_can_sign_in(Suite& suite);

class TESSERA_API Accounts {
public:
    explicit Accounts(Suite& suite, AccountRules rules = {});
    ~Accounts();
    Accounts(const Accounts&)            = delete;
    Accounts& operator=(const Accounts&) = delete;

    // Whose key it is, of a session or a token that holds now; null: nobody's. Quick: mostly answered from memory.
    std::shared_ptr<const Visitor> recognise(std::string_view key);

    struct SignedIn {
        std::string                    key{};
        std::shared_ptr<const Visitor> visitor{};
    };
    SignedIn sign_in(std::string_view name, std::string_view password, std::string_view code, const Place& place);
    void     sign_out(const Visitor& visitor);
    // The password again, before something sensitive is done.
    void     confirm(const Visitor& visitor, std::string_view password);

    // A link lets its user choose a password, once. It takes the place of the links made for the user before. Needs
    // access.administer; nobody makes one for somebody who may do what they may not.
    struct Link {
        std::string key{};
        Instant     expires_at{};
    };
    Link make_link(const Actor& by, std::string_view user);
    struct Invitation {
        std::string name{}, full_name{};
        bool        first = true;  // there is no password yet
    };
    Invitation look_at_link(std::string_view key);
    SignedIn   accept_link(std::string_view key, std::string_view password, const Place& place);

    // Ends all other sessions of the user.
    void change_password(const Visitor& visitor, std::string_view current, std::string_view fresh);

    struct SecondFactor {
        std::string secret{}, address{}, qr{};  // base32, otpauth://…, an SVG
    };
    SecondFactor             begin_second_factor(const Visitor& visitor);
    std::vector<std::string> confirm_second_factor(const Visitor& visitor, std::string_view code);  // recovery codes
    void                     remove_second_factor(const Visitor& visitor, std::string_view password);

    struct OpenSession {
        Session session{};
        Instant seen_at{};
    };
    std::vector<OpenSession> sessions_of(const Visitor& visitor);
    void                     end_session(const Visitor& visitor, std::int64_t session);

    struct KnownToken {
        Token   token{};
        Instant used_at{};
    };
    std::vector<KnownToken> tokens_of(const Visitor& visitor);
    void                    revoke_token(const Visitor& visitor, std::int64_t token);
    struct NewToken {
        Id<Token>   id{};
        std::string key{};
    };
    // For the user called so, who is `by` or whom `by` may administer. Never more than `by` may.
    NewToken make_token(const Actor& by, std::string_view user, const std::string& title, const std::vector<std::string>& permissions, Date expires_on);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::access
