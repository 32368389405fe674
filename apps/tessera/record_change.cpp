#include "record_change.h"

#include "database/engine.h"
#include "operator_key.h"
#include "server_client.h"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace tessera::program {

RecordBooks::RecordBooks(const Options& options, Wish wish) {
    if (wish == Wish::look) {
        suite_ = open_for_reading(options);
        return;
    }
    try {
        suite_ = open_for_writing(options, "a command that changes records");
    } catch (const Refused& refused) {
        if (refused.code() != "kernel.database_in_use") throw;
        server_ = database::open(database_of(options))->lock_holder().value_or("");
        if (!is_server(server_)) throw;
        key_ = operator_key_of(database_of(options));
        suite_ = open_for_reading(options);
    }
}

std::string RecordBooks::run(const RecordCommand& command) {
    if (!server_.empty()) return run_at_server(command);
    auto answer = suite_->run(command);
    deliver_outbox(*suite_);
    return std::move(answer.json);
}

std::string RecordBooks::ask(const std::string& method, const std::string& target, const std::string& body) const {
    return ask_server({server_, key_, method, target, body});
}

std::string RecordBooks::run_at_server(const RecordCommand& command) {
    using Verb         = RecordCommand::Verb;
    const auto records = "/api/" + kernel().find_entity(command.entity)->path;
    const auto record  = records + "/" + std::to_string(command.id);
    switch (command.verb) {
        case Verb::create:
            return ask_server({server_, key_, "POST",
                               records + (command.transition.empty() ? "" : "?transition=" + command.transition),
                               command.body});
        case Verb::change:
            return ask_server({server_, key_, "PATCH", record, command.body});
        case Verb::remove:
            return ask_server({server_, key_, "DELETE", record, ""});
        case Verb::transition:
            return ask_server({server_, key_, "POST", record + "/" + command.transition, command.body});
        case Verb::attach:
            return ask_server({server_, key_, "POST", record + "/attachments?name=" + boost::urls::encode(command.file_name, boost::urls::unreserved_chars), command.body, command.media_type});
        case Verb::detach:
            return ask_server({server_, key_, "DELETE", fmt::format("{}/attachments/{}", record, command.attachment), ""});
    }
    return {};
}

}  // namespace tessera::program
