#include <tessera/accounts.h>

#include <tessera/digest.h>
#include <tessera/text.h>

#include "access/declare.h"
#include "access/key_ring.h"
#include "access/rights.h"
#include "access/secrets.h"
#include "access/throttle.h"

#include <algorithm>

namespace tessera::access {

namespace accounts {

Refused wrong_credentials() {
    return Refused("kernel.wrong_credentials", "To sign in, check the name and the password: together they are not known here.").with_status(401);
}

Refused link_unknown() {
    return Refused("kernel.link_unknown", "To choose a password, ask for a new link: this one has been used, has expired or never was.").with_status(404);
}

Refused not_your_own(std::string_view what) { return Refused("kernel.not_found", "To end this, choose one of your own {}.", what).with_status(404); }

// What a person does about themselves needs no permission; it is theirs in the audit trail.
Actor as_user(const User& user) { return {.name = user.name, .permissions = Permissions::all(), .user = user.id.value}; }
Actor as_user(const Visitor& visitor) {
    auto actor        = visitor.actor;
    actor.permissions = Permissions::all();
    return actor;
}

// What an account says of itself where it is asked for by name.
struct Credentials {
    std::string  password{};
    std::string  second_factor{};
    std::int64_t last_step = 0;
};

std::optional<User> user_named(const Snapshot& tx, std::string_view name) { return tx.first<User>("name = :name", lower_ascii(trim(name))); }

Credentials credentials_of(const Snapshot& tx, Id<User> user) {
    Credentials found;
    found.password = tx.value<std::string>("SELECT hash FROM access_password WHERE holder = :user", user).value_or("");
    struct Factor { std::string secret{}; std::int64_t last_step = 0; };
    if (const auto factor = tx.row<Factor>("SELECT secret, last_step FROM access_second_factor WHERE holder = :user AND confirmed <> 0", user)) {
        found.second_factor = factor->secret;
        found.last_step     = factor->last_step;
    }
    return found;
}

bool has_signed_in_from(const Snapshot& tx, Id<User> user, const std::string& address) {
    return tx.value<std::int64_t>("SELECT id FROM access_session WHERE holder = :user AND address = :address LIMIT 1", user, address).has_value();
}

// Codes are typed with or without their dashes and in any case.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (const char c : lower_ascii(code))
        if (c != '-' && c != ' ') bare += c;
    return bare;
}

void set_password(Transaction& tx, Id<User> user, const std::string& hash) {
    tx.execute(R"sql(INSERT INTO access_password (holder, hash, changed_at) VALUES (:user, :hash, :at)
                     ON CONFLICT (holder) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at)sql",
               user, hash, tx.now());
}

void end_sessions(Transaction& tx, Id<User> user, Id<Session> except) {
    for (auto& session : tx.select<Session>("holder = :user AND state = 'open' AND id <> :except ORDER BY id", user, except)) {
        session.state    = SessionState::ended;
        session.ended_at = tx.now();
        tx.save(session);
        KeyRing::forget(tx, KeyRing::of_session, session.id.value);
    }
}

// What the trail seals for ever names nobody: the network alone.
std::string network_of(const std::string& address) {
    if (const auto point = address.rfind('.'); point != std::string::npos) return address.substr(0, point) + ".0/24";
    std::size_t end = 0;
    for (int groups = 0; groups < 3 && end != std::string::npos; ++groups) end = address.find(':', end ? end + 1 : 0);
    return end == std::string::npos || address.starts_with("::") ? address : address.substr(0, end) + "::/48";
}

void require_strong(const Suite& suite, const User& user, std::string_view password, bool second_factor) {
    const auto weakness = weakness_of(password, {user.name, user.full_name, user.email, suite.company_name(), "tessera"}, second_factor);
    if (weakness) throw Refused(Refused::Plain{}, "kernel.weak_password", *weakness).with_status(422).with_field("password");
}

}  // namespace accounts

struct Accounts::State {
    Suite&       suite;
    AccountRules rules;
    KeyRing      ring{suite, rules};
    Throttle     throttle{};

    void write(std::string name, const Actor& actor, const std::function<void(Transaction&)>& work) { suite.write({.name = std::move(name), .actor = actor}, work); }
    void read(const std::function<void(const Snapshot&)>& work) { suite.read(Actor::system(), work); }

    User user(Id<User> id) {
        User found;
        read([&](const Snapshot& tx) { found = tx.load(id); });
        return found;
    }
    SignedIn start_session(Transaction& tx, const User& user, const Place& place, std::string& key) const;
    SignedIn open_session(std::string name, const User& user, const Place& place, const std::function<void(Transaction&)>& before);
    void     refuse(const Throttle::Attempt& attempt);
    // Refused unless `by` may administer all that the user may do.
    User     administered(const Snapshot& tx, const Actor& by, std::string_view name) const;
    void     check_password(const Visitor& visitor, std::string_view password);
    // Takes the code, so that it is of no use a second time.
    void     use_code(Transaction& tx, Id<User> user, const accounts::Credentials& known, std::string_view code) const;
    bool     code_is_right(const Snapshot& tx, Id<User> user, const accounts::Credentials& known, std::string_view code) const;
};

Accounts::Accounts(Suite& suite, AccountRules rules) : state_(new State{.suite = suite, .rules = rules}) {}
Accounts::~Accounts() = default;

std::shared_ptr<const Visitor> Accounts::recognise(std::string_view key) { return state_->ring.recognise(key); }

bool somebody_can_sign_in(Suite& suite) {
    bool somebody = false;
    suite.read(Actor::system(), [&](const Snapshot& tx) { somebody = tx.value<std::int64_t>("SELECT holder FROM access_password LIMIT 1").has_value(); });
    return somebody;
}

// ---- signing in

void Accounts::State::refuse(const Throttle::Attempt& attempt) {
    throttle.failed(attempt);
    write("access.sign_in_refused", {.name = excerpt(attempt.name), .permissions = Permissions::all()}, [&](Transaction& tx) { tx.because("from " + accounts::network_of(attempt.address)); });
}

bool Accounts::State::code_is_right(const Snapshot& tx, Id<User> user, const accounts::Credentials& known, std::string_view code) const {
    if (step_of_code(known.second_factor, accounts::bare_code(code), tx.now().microseconds() / 1'000'000, known.last_step)) return true;
    return tx.value<std::int64_t>("SELECT holder FROM access_recovery_code WHERE hash = :hash AND holder = :user", sha256_hex(accounts::bare_code(code)), user).has_value();
}

void Accounts::State::use_code(Transaction& tx, Id<User> user, const accounts::Credentials& known, std::string_view code) const {
    const auto bare = accounts::bare_code(code);
    if (!code_is_right(tx, user, known, code))
        throw Refused("kernel.wrong_code", "To sign in, type the six digits that are shown now, or a recovery code that was not used yet.").with_status(401);
    if (const auto step = step_of_code(known.second_factor, bare, tx.now().microseconds() / 1'000'000, known.last_step))
        tx.execute("UPDATE access_second_factor SET last_step = :step WHERE holder = :user", *step, user);
    else
        tx.execute("DELETE FROM access_recovery_code WHERE hash = :hash", sha256_hex(bare));
}

Accounts::SignedIn Accounts::State::open_session(std::string name, const User& user, const Place& place, const std::function<void(Transaction&)>& before) {
    const auto key   = fresh_key();
    auto       actor = accounts::as_user(user);
    actor.request    = place.request;
    write(std::move(name), actor, [&](Transaction& tx) {
        before(tx);
        if (rights_of(tx, user, tx.today())->granted().empty())
            throw Refused("access.no_role", "To sign in, ask an administrator for a role: none that {} has permits anything today.", user.name).with_status(403);
        const auto expires = Instant::from_microseconds(tx.now().microseconds() + std::chrono::microseconds(rules.session_age_max).count());
        const auto session = tx.insert(Session{.holder = user.id, .started_at = tx.now(), .expires_at = expires, .confirmed_at = tx.now(), .address = place.address.substr(0, 60), .agent = excerpt(place.agent)});
        KeyRing::keep(tx, key, KeyRing::of_session, session.value, expires);
    });
    auto visitor = ring.recognise(key);
    if (!visitor) throw accounts::wrong_credentials();
    return {key, std::move(visitor)};
}

Accounts::SignedIn Accounts::sign_in(std::string_view name, std::string_view password, std::string_view code, const Place& place) {
    auto&                   s = *state_;
    std::optional<User>     user;
    accounts::Credentials   known;
    bool                    place_is_known = false;
    const Throttle::Attempt attempt{place.address, lower_ascii(trim(excerpt(name)))};
    s.read([&](const Snapshot& tx) {
        user = accounts::user_named(tx, name);
        if (!user) return;
        known          = accounts::credentials_of(tx, user->id);
        place_is_known = accounts::has_signed_in_from(tx, user->id, place.address);
    });
    s.throttle.require_patience(attempt, place_is_known);
    const bool can_sign_in = user && user->active && !known.password.empty();
    if (!can_sign_in) pretend_to_check(password);
    if (!can_sign_in || !password_matches(known.password, password)) {
        s.refuse(attempt);
        throw accounts::wrong_credentials();
    }
    if (!known.second_factor.empty() && code.empty())
        throw Refused("kernel.code_required", "To sign in, type the six digits that your second factor shows, or a recovery code.").with_status(401);
    try {
        auto in = s.open_session("access.sign_in", *user, place, [&](Transaction& tx) {
            if (!known.second_factor.empty()) s.use_code(tx, user->id, accounts::credentials_of(tx, user->id), code);
        });
        s.throttle.succeeded(attempt);
        return in;
    } catch (const Refused& refused) {
        if (refused.code() == "kernel.wrong_code") s.refuse(attempt);
        throw;
    }
}

void Accounts::sign_out(const Visitor& visitor) {
    if (!visitor.session) return;
    state_->write("access.sign_out", accounts::as_user(visitor), [&](Transaction& tx) {
        auto session     = tx.load(visitor.session);
        session.state    = SessionState::ended;
        session.ended_at = tx.now();
        tx.save(session);
        KeyRing::forget(tx, KeyRing::of_session, session.id.value);
    });
}

// ---- links

User Accounts::State::administered(const Snapshot& tx, const Actor& by, std::string_view name) const {
    const auto user = accounts::user_named(tx, name);
    if (!user) throw Refused("kernel.not_found", "To let somebody in, name a user that exists; \"{}\" is none.", excerpt(name)).with_status(404);
    if (!by.may(administer)) throw Refused("kernel.not_permitted", "To manage accounts, ask for the permission {}: {} does not have it.", administer, by.name).with_status(403);
    const auto rights = rights_of(tx, *user, tx.today());
    for (const auto& grant : rights->granted())
        if (!by.permissions->cover(grant))
            throw Refused("access.not_yours_to_give", "To manage the account of {}, ask someone who may do as much: {} does not have {}.", user->name, by.name, grant).with_status(403);
    return *user;
}

Accounts::Link Accounts::make_link(const Actor& by, std::string_view name) {
    auto& s = *state_;
    Link  link{.key = fresh_key()};
    auto  actor       = by;
    actor.permissions = Permissions::all();
    s.write("access.make_link", actor, [&](Transaction& tx) {
        const auto user = s.administered(tx, by, name);
        link.expires_at = Instant::from_microseconds(tx.now().microseconds() + std::chrono::microseconds(s.rules.link_age_max).count());
        tx.because("for " + user.name);
        KeyRing::forget(tx, KeyRing::of_link, user.id.value);
        KeyRing::keep(tx, link.key, KeyRing::of_link, user.id.value, link.expires_at);
    });
    return link;
}

Accounts::Invitation Accounts::look_at_link(std::string_view key) {
    Invitation found;
    state_->read([&](const Snapshot& tx) {
        const auto id = KeyRing::holder(tx, key, KeyRing::of_link);
        if (!id) throw accounts::link_unknown();
        const auto user = tx.load(Id<User>(*id));
        found           = {user.name, user.full_name, accounts::credentials_of(tx, user.id).password.empty()};
    });
    return found;
}

Accounts::SignedIn Accounts::accept_link(std::string_view key, std::string_view password, const Place& place) {
    auto& s      = *state_;
    User  user;
    bool  factor = false;
    s.read([&](const Snapshot& tx) {
        const auto id = KeyRing::holder(tx, key, KeyRing::of_link);
        if (!id) throw accounts::link_unknown();
        user   = tx.load(Id<User>(*id));
        factor = !accounts::credentials_of(tx, user.id).second_factor.empty();
    });
    accounts::require_strong(s.suite, user, password, factor);
    const auto hash = hash_of_password(password);
    return s.open_session("access.choose_password", user, place, [&](Transaction& tx) {
        if (KeyRing::holder(tx, key, KeyRing::of_link) != user.id.value) throw accounts::link_unknown();  // used meanwhile
        KeyRing::forget(tx, KeyRing::of_link, user.id.value);
        accounts::set_password(tx, user.id, hash);
        accounts::end_sessions(tx, user.id, {});
    });
}

// ---- what a user does about the own account

void Accounts::State::check_password(const Visitor& visitor, std::string_view password) {
    const Throttle::Attempt attempt{"account", visitor.actor.name};
    throttle.require_patience(attempt, true);
    accounts::Credentials known;
    read([&](const Snapshot& tx) { known = accounts::credentials_of(tx, Id<User>(visitor.actor.user)); });
    if (!known.password.empty() && password_matches(known.password, password)) return throttle.succeeded(attempt);
    throttle.failed(attempt);
    throw Refused("kernel.wrong_credentials", "To change this, type your current password: that was another.").with_status(401);
}

void Accounts::confirm(const Visitor& visitor, std::string_view password) {
    auto& s = *state_;
    s.check_password(visitor, password);
    s.write("access.confirm", accounts::as_user(visitor), [&](Transaction& tx) {
        auto session         = tx.load(visitor.session);
        session.confirmed_at = tx.now();
        tx.save(session);
    });
}

void Accounts::change_password(const Visitor& visitor, std::string_view current, std::string_view fresh) {
    auto& s = *state_;
    s.check_password(visitor, current);
    accounts::require_strong(s.suite, s.user(Id<User>(visitor.actor.user)), fresh, visitor.second_factor);
    const auto hash = hash_of_password(fresh);
    s.write("access.change_password", accounts::as_user(visitor), [&](Transaction& tx) {
        accounts::set_password(tx, Id<User>(visitor.actor.user), hash);
        accounts::end_sessions(tx, Id<User>(visitor.actor.user), visitor.session);
    });
}

Accounts::SecondFactor Accounts::begin_second_factor(const Visitor& visitor) {
    auto&        s = *state_;
    SecondFactor fresh{.secret = fresh_second_factor()};
    fresh.address = second_factor_address(fresh.secret, visitor.actor.name, s.suite.company_name());
    fresh.qr      = drawn_as_qr(fresh.address);
    s.write("access.begin_second_factor", accounts::as_user(visitor), [&](Transaction& tx) {
        if (!accounts::credentials_of(tx, Id<User>(visitor.actor.user)).second_factor.empty())
            throw Refused("access.has_second_factor", "To use another second factor, remove the one you have first.");
        tx.execute(R"sql(INSERT INTO access_second_factor (holder, secret, confirmed, last_step) VALUES (:user, :secret, :confirmed, 0)
                         ON CONFLICT (holder) DO UPDATE SET secret = excluded.secret)sql",
                   visitor.actor.user, fresh.secret, false);
    });
    return fresh;
}

std::vector<std::string> Accounts::confirm_second_factor(const Visitor& visitor, std::string_view code) {
    auto&                   s     = *state_;
    const auto              codes = fresh_recovery_codes();
    const Throttle::Attempt attempt{"account", visitor.actor.name};
    s.throttle.require_patience(attempt, true);
    s.write("access.confirm_second_factor", accounts::as_user(visitor), [&](Transaction& tx) {
        const auto user   = visitor.actor.user;
        const auto secret = tx.value<std::string>("SELECT secret FROM access_second_factor WHERE holder = :user AND confirmed = 0", user);
        const auto step   = secret ? step_of_code(*secret, accounts::bare_code(code), tx.now().microseconds() / 1'000'000, 0) : std::nullopt;
        if (!step) {
            s.throttle.failed(attempt);
            throw Refused("kernel.wrong_code", "To use this second factor, type the six digits that it shows now.").with_status(422).with_field("code");
        }
        tx.execute("UPDATE access_second_factor SET confirmed = :yes, last_step = :step WHERE holder = :user", true, *step, user);
        tx.execute("DELETE FROM access_recovery_code WHERE holder = :user", user);
        for (const auto& one : codes) tx.execute("INSERT INTO access_recovery_code (hash, holder) VALUES (:hash, :user)", sha256_hex(accounts::bare_code(one)), user);
    });
    s.ring.look_again();
    return codes;
}

void Accounts::remove_second_factor(const Visitor& visitor, std::string_view password) {
    auto& s = *state_;
    s.check_password(visitor, password);
    accounts::require_strong(s.suite, s.user(Id<User>(visitor.actor.user)), password, false);
    s.write("access.remove_second_factor", accounts::as_user(visitor), [&](Transaction& tx) {
        tx.execute("DELETE FROM access_second_factor WHERE holder = :user", visitor.actor.user);
        tx.execute("DELETE FROM access_recovery_code WHERE holder = :user", visitor.actor.user);
    });
    s.ring.look_again();
}

std::vector<Accounts::OpenSession> Accounts::sessions_of(const Visitor& visitor) {
    std::vector<OpenSession> all;
    state_->read([&](const Snapshot& tx) {
        for (auto& session : tx.select<Session>("holder = :user AND state = 'open' ORDER BY id DESC", Id<User>(visitor.actor.user)))
            if (const auto seen = KeyRing::last_use(tx, KeyRing::of_session, session.id.value); !seen.empty() && session.expires_at > tx.now()) all.push_back({std::move(session), seen});
    });
    return all;
}

void Accounts::end_session(const Visitor& visitor, std::int64_t id) {
    state_->write("access.end_session", accounts::as_user(visitor), [&](Transaction& tx) {
        auto session = tx.find(Id<Session>(id));
        if (!session || session->holder.value != visitor.actor.user || session->state == SessionState::ended) throw accounts::not_your_own("sessions");
        session->state    = SessionState::ended;
        session->ended_at = tx.now();
        tx.save(*session);
        KeyRing::forget(tx, KeyRing::of_session, id);
    });
}

// ---- tokens

std::vector<Accounts::KnownToken> Accounts::tokens_of(const Visitor& visitor) {
    std::vector<KnownToken> all;
    state_->read([&](const Snapshot& tx) {
        for (auto& token : tx.select<Token>("holder = :user ORDER BY id DESC", Id<User>(visitor.actor.user))) {
            const auto used = KeyRing::last_use(tx, KeyRing::of_token, token.id.value);
            all.push_back({token, used == token.made_at ? Instant{} : used});
        }
    });
    return all;
}

void Accounts::revoke_token(const Visitor& visitor, std::int64_t id) {
    state_->write("access.revoke_token", accounts::as_user(visitor), [&](Transaction& tx) {
        auto token = tx.find(Id<Token>(id));
        if (!token || token->holder.value != visitor.actor.user || token->state == TokenState::revoked) throw accounts::not_your_own("tokens");
        token->state = TokenState::revoked;
        tx.save(*token);
        KeyRing::forget(tx, KeyRing::of_token, id);
    });
}

Accounts::NewToken Accounts::make_token(const Actor& by, std::string_view name, const std::string& title, const std::vector<std::string>& permissions, Date expires_on) {
    auto&    s = *state_;
    NewToken made{.key = "tsr_" + fresh_key()};
    auto     actor    = by;
    actor.permissions = Permissions::all();
    if (permissions.empty()) throw Refused("kernel.required", "To make a token, say what it may do, such as *.read.").with_status(422).with_field("permissions");
    s.write("access.make_token", actor, [&](Transaction& tx) {
        const auto own  = accounts::user_named(tx, name);
        const auto user = own && own->id.value == by.user ? *own : s.administered(tx, by, name);
        for (const auto& grant : permissions) {
            require_known(tx.kernel(), grant, "permissions");
            if (!by.permissions->cover(grant)) throw Refused("access.not_yours_to_give", "To let a token do {}, ask someone who may: {} does not.", grant, by.name).with_status(403);
        }
        if (!expires_on.empty() && expires_on < tx.today())
            throw Refused("access.bad_time", "To make a token, let it expire today or later.").with_status(422).with_field("expires_on");
        made.id = tx.insert(Token{.holder      = user.id,
                                  .title       = title,
                                  .prefix      = made.key.substr(0, 8),
                                  .permissions = fmt::format("{}", fmt::join(permissions, " ")),
                                  .expires_on  = expires_on,
                                  .made_at     = tx.now()});
        KeyRing::keep(tx, made.key, KeyRing::of_token, made.id.value, {});
    });
    return made;
}

}  // namespace tessera::access
