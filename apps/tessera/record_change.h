#pragma once
// The books as a record command meets them. It opens them itself; while a server has them, it reads beside the server and
// what it changes goes through the server, by its address in the note on the lock. Anyone else who has them open refuses.

#include "open_books.h"

namespace tessera::program {

enum class Wish { look, change };

class RecordBooks {
public:
    RecordBooks(const Options& options, Wish wish);

    Suite&        suite() { return *suite_; }
    const Kernel& kernel() const { return suite_->kernel(); }
    // The record after the change as JSON, "" after a removal.
    std::string run(const RecordCommand& command);

    // For what is no record: whether a server has the books, and asking it.
    bool        at_server() const { return !server_.empty(); }
    std::string server() const { return server_; }  // its address; empty when these books are opened here
    std::string ask(const std::string& method, const std::string& target, const std::string& body) const;

private:
    std::string run_at_server(const RecordCommand& command);

    std::unique_ptr<Suite> suite_;
    std::string            server_{}, key_{};  // its address and the operator's key, when it has the books
};

}  // namespace tessera::program
