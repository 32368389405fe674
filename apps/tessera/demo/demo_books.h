#pragma once
// How the demonstration writes: every record and transition is a real command, dated with the day of the story and signed
// by the person who would do it.

#include <tessera/suite.h>

#include <boost/json.hpp>

#include <map>

namespace tessera::demo {

namespace json = boost::json;

// What a command made: the id, the number, and of each line its id and price.
struct Made {
    struct Line {
        std::int64_t id = 0;
        std::string  price{};
    };
    std::int64_t      id = 0;
    std::string       number{};
    std::vector<Line> lines{};
};

class DemoBooks {
public:
    explicit DemoBooks(Suite& suite) : suite_(suite) {}

    // Commands within `work` are committed in groups; reading sees them afterwards.
    void in_bulk(const std::function<void()>& work);

    Made create(std::string_view user, const std::string& entity, const json::object& body, Date on,
                const std::string& transition = {});
    void change(std::string_view user, const std::string& entity, std::int64_t id, const json::object& fields, Date on);
    void transition(std::string_view user, const std::string& entity, std::int64_t id, const std::string& name,
                    const json::object& input, Date on);
    // The same where the books may have moved on meanwhile (an order that closed by itself): what they refuse is left undone.
    void attempt(std::string_view user, const std::string& entity, std::int64_t id, const std::string& name,
                 const json::object& input, Date on);
    // Now, outside of in_bulk().
    void run_job(std::string_view name) { suite_.run_job(name); }
    void read(const std::function<void(const Snapshot&)>& work) { suite_.read(Actor{}, work); }

    // How many records of an entity were made, and transitions run ("purchasing.match_hold.release").
    const std::map<std::string, std::int64_t>& made() const { return made_; }

private:
    RecordAnswer run(std::string_view user, RecordCommand command, Date on);

    Suite&                              suite_;
    const Suite::Bulk*                  bulk_ = nullptr;
    std::map<std::string, std::int64_t> made_{};
};

}  // namespace tessera::demo
