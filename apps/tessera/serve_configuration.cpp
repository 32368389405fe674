#include "serve_configuration.h"

#include <tessera/text.h>

#include "mail/address.h"

#include <fstream>

namespace tessera::program {
namespace serve_configuration_keys {

using namespace std::chrono_literals;

constexpr std::uint64_t KiB = 1024, MiB = 1024 * KiB, GiB = 1024 * MiB;

Value option_text(Options& options, const std::string& name, std::string_view wanted) {
    return {.wanted  = fmt::format("{} in quotes", wanted),
            .written = fmt::format("\"{}\"", options.text(name)),
            .take    = [&options, name](const toml::node& node) {
                const auto* given = node.as_string();
                if (given && !given->get().empty()) options.fill(name, given->get());
                return given != nullptr;
            }};
}

Value option_texts(Options& options, const std::string& name, std::string_view wanted) {
    return {.wanted = fmt::format("a list of {}, each in quotes", wanted),
            .written = "[]",
            .take    = [&options, name](const toml::node& node) {
                std::vector<std::string> given;
                if (!texts(given, "").take(node)) return false;
                options.fill(name, std::move(given));
                return true;
            }};
}

Value option_flag(Options& options, const std::string& name) {
    return {.wanted = "true or false", .written = "false", .take = [&options, name](const toml::node& node) {
                const auto* given = node.as_boolean();
                if (given && given->get()) options.fill(name, true);
                return given != nullptr;
            }};
}

Value option_seconds(Options& options, const std::string& name, std::chrono::seconds least, std::chrono::seconds most) {
    std::chrono::milliseconds time = std::chrono::seconds(options.number(name, least.count(), most.count()));
    auto                      value = duration(time, least, most);
    value.take = [&options, name, least, most](const toml::node& node) {
        std::chrono::milliseconds given{};
        if (!duration(given, least, most).take(node) || given % 1s != 0ms) return false;
        options.fill(name, std::to_string(given / 1s));
        return true;
    };
    return value;
}

void server(Configuration& configuration, Options& options, ServeOptions& serving) {
    configuration.section("server", "What is served, where and to whom.")
        .key("database", option_text(options, "database", "a file, or a location such as postgresql://…"), "the books")
        .key("listen", option_text(options, "listen", "an address and a port"), "where to listen; port 0 takes a free one")
        .key("hosts", option_texts(options, "host", "names"), "further names this server is reached by")
        .key("behind_proxy", option_flag(options, "behind-proxy"), "whether X-Forwarded-For says where requests come from")
        .key("web", option_text(options, "web", "a folder"), "the browser's pages; empty: share/tessera/web beside the program")
        .key("modules", option_texts(options, "modules", "folders"), "where further modules lie")
        .key("modules_signed_by", option_texts(options, "modules-signed-by", "files"), "public keys, of which one must have signed each of those; none: unsigned ones are loaded")
        .key("io_threads", number(serving.io_threads, 1, 64), "threads that read requests and send answers")
        .key("worker_threads", number(serving.worker_threads, 1, 64), "threads that make reports, imports and exports");
}

void tls(Configuration& configuration, ServeTls& tls) {
    configuration.section("tls", "How it is secured: with a certificate TLS 1.2 and 1.3, read anew at SIGHUP.")
        .key("certificate", text(tls.certificate, "a file"), "the certificate and its chain, in PEM; empty: no TLS")
        .key("key", text(tls.key, "a file"), "its key, in PEM, without a passphrase")
        .key("strict_time", duration(tls.strict_time, 0s, 24h * 3650), "how long browsers shall come by TLS alone (HSTS)");
}

void limits(Configuration& configuration, ServeLimits& limits) {
    configuration.section("limits", "What clients may ask for, and how long they may take.")
        .key("connections_max", number(limits.connections_max, 1, 1'000'000), "connections at a time; beyond: 503")
        .key("header_bytes_max", size(limits.header_bytes_max, 1 * KiB, 64 * KiB), "the longest header of a request")
        .key("body_bytes_max", size(limits.body_bytes_max, 1 * KiB, 1 * GiB), "the longest body of a request")
        .key("import_bytes_max", size(limits.import_bytes_max, 1 * KiB, 4 * GiB), "the longest file that is imported")
        .key("writes_waiting_max", number(limits.writes_waiting_max, 1, 1'000'000), "changes that wait for their commit; beyond: 503")
        .key("jobs_waiting_max", number(limits.jobs_waiting_max, 0, 100'000), "reports, imports and exports that wait for a thread; beyond: 503")
        .key("streams_max", number(limits.streams_max, 0, 1'000'000), "clients that follow changes; beyond: 503")
        .key("stream_bytes_max", size(limits.stream_bytes_max, 4 * KiB, 64 * MiB), "what may wait for one of them; beyond it is cut off")
        .key("header_time_max", duration(limits.header_time_max, 100ms, 10min), "from the first byte of a request to the end of its header")
        .key("body_time_max", duration(limits.body_time_max, 100ms, 1h), "for its body, and a second more for every 8 KiB of it")
        .key("idle_time_max", duration(limits.idle_time_max, 100ms, 24h), "between two requests of a connection")
        .key("stream_idle_time_max", duration(limits.stream_idle_time_max, 100ms, 1h), "until a quiet follower is sent a sign of life")
        .key("job_time_max", duration(limits.job_time_max, 100ms, 24h), "for one report or export; beyond it is cancelled")
        .key("report_rows_max", number(limits.report_rows_max, 1, 1'000'000'000), "rows of one report; beyond it is cancelled")
        .key("address_connections_max", number(limits.address_connections_max, 1, 1'000'000), "connections of one address; beyond: closed")
        .key("address_requests_per_second", number(limits.address_requests_per_second, 0, 1'000'000),
             "requests of one address over time; beyond: 429; 0: as many as it likes")
        .key("address_requests_at_once", number(limits.address_requests_at_once, 1, 1'000'000), "how many may come before that counts")
        .key("address_limits_for_this_machine", flag(limits.address_limits_for_this_machine), "whether they hold for 127.0.0.1 and ::1 too");
}

void disk(Configuration& configuration, ServeDisk& disk) {
    configuration.section("disk", "What happens before the disk is full.")
        .key("folder", text(disk.folder, "a folder"), "where the books lie; empty: found out, where they are a file")
        .key("stop_writing_below", size(disk.stop_writing_below, 0, 1024 * GiB), "free space below which changes are refused and reading goes on; 0: never")
        .key("warn_below", size(disk.warn_below, 0, 1024 * GiB), "free space below which the log warns; 0: never");
}

void log(Configuration& configuration, Options& options, ServeLog& log) {
    using Format = ServeLog::Format;
    using Level  = ServeLog::Level;
    configuration.section("log", "What is written down: never a query, a header or a body.")
        .key("file", text(log.file, "a file"), "opened anew at SIGHUP; empty: standard error")
        .key("format", choice<Format>(log.format, {{"text", Format::text}, {"json", Format::json}}), "a line for people, or a JSON object for programs")
        .key("level", choice<Level>(log.level, {{"error", Level::error}, {"warning", Level::warning}, {"info", Level::info}}), "the least that is written down")
        .key("requests", option_flag(options, "log-requests"), "every request, not only what failed or took a second");
}

void replica(Configuration& configuration, Options& options) {
    configuration.section("replica", "A database that follows the books, to read lists, exports and reports there.")
        .key("database", option_text(options, "replica", "a location such as postgresql://…"), "the replica; empty: none")
        .key("lag_max", option_seconds(options, "replica-lag-max", 2s, 24h), "how far behind it may be, in whole seconds");
}

void accounts(Configuration& configuration, access::AccountRules& rules) {
    configuration.section("accounts", "How long people stay signed in.")
        .key("session_idle_max", duration(rules.session_idle_max, 1min, 24h * 365), "without a request, then a session ends")
        .key("session_age_max", duration(rules.session_age_max, 1min, 24h * 365), "from signing in, then it ends in any case")
        .key("confirmation_age_max", duration(rules.confirmation_age_max, 1s, 24h), "after typing the password, until it is asked for again before something sensitive")
        .key("link_age_max", duration(rules.link_age_max, 1min, 24h * 30), "until a link to choose a password with expires");
}

void mail(Configuration& configuration, MailOptions& mail) {
    using Security = mail::Server::Security;
    configuration.section("mail", "Where e-mail is handed over. Without a host it waits.")
        .key("host", text(mail.server.host, "a name"), "the mail server (SMTP)")
        .key("port", number(mail.port, 1, 65535), "587 with starttls, 465 with tls, 25 with none, mostly")
        .key("security", choice<Security>(mail.server.security, {{"starttls", Security::starttls}, {"tls", Security::tls}, {"none", Security::none}}),
             "none only for a server on this machine")
        .key("user", text(mail.server.user, "a name"), "to sign in with; empty: without")
        .key("password_file", text(mail.password_file, "a file"), "its first line is the password")
        .key("from", text(mail.server.from, "an address"), "whom letters are from: \"Acme Books <books@acme.example>\"")
        .key("authorities", text(mail.server.authorities, "a file"), "whose certificates are trusted, in PEM; empty: those the system trusts")
        .key("time_max", duration(mail.server.time_max, 1s, 10min), "for one letter");
}

}  // namespace serve_configuration_keys

std::optional<mail::Server> MailOptions::taken() const {
    if (server.host.empty()) return std::nullopt;
    auto all = server;
    all.port = static_cast<unsigned short>(port);
    if (!mail::mailbox(all.from)) throw Refused("mail.bad_address", "To send e-mail, say whom it is from ([mail] from), like \"Acme Books <books@acme.example>\"; \"{}\" is no address.", excerpt(all.from));
    if (password_file.empty()) return all;
    std::ifstream file(password_file);
    if (!std::getline(file, all.password))
        throw Refused("kernel.no_password_file", "To sign in at the mail server, put its password into the first line of {}: it cannot be read.", password_file);
    return all;
}

Configuration serve_configuration(Options& options, ServeOptions& serving, MailOptions& mail) {
    namespace keys = serve_configuration_keys;
    Configuration configuration;
    keys::server(configuration, options, serving);
    keys::tls(configuration, serving.tls);
    keys::limits(configuration, serving.limits);
    keys::disk(configuration, serving.disk);
    keys::log(configuration, options, serving.log);
    keys::replica(configuration, options);
    keys::accounts(configuration, serving.accounts);
    keys::mail(configuration, mail);
    return configuration;
}

}  // namespace tessera::program
