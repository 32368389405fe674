#pragma once
// Whoever may read a company's file may do everything with it anyway; so the command line of the same user of the machine is let in
// by the server that has the file open. The key lies in <database>.operator, readable by its owner alone, while it serves.
//
//     OperatorKey key("company.tessera");              // the server's: made now, gone with the object
//     operator_key_of("company.tessera");              // the command line's; "" when there is none
//
// Books on a database server need none: there the command line writes itself.

#include <string>

namespace tessera::program {

class OperatorKey {
public:
    // Without one where its folder cannot be written: then the command line finds no way in beside the server.
    explicit OperatorKey(const std::string& database);
    ~OperatorKey();
    OperatorKey(const OperatorKey&)            = delete;
    OperatorKey& operator=(const OperatorKey&) = delete;

    const std::string& text() const { return text_; }  // empty: there is none

private:
    std::string file_{}, text_{};
};

std::string operator_key_of(const std::string& database);

}  // namespace tessera::program
