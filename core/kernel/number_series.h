#pragma once
// How far each series of document numbers has come. The one writer keeps it in memory: a command that is undone gives its
// numbers back, and what was taken is written once before the commit that contains the documents. So numbers have no gap
// and no document waits for another's number.

#include "database/engine.h"

#include <map>
#include <string>
#include <vector>

namespace tessera {

class NumberSeries {
public:
    std::int64_t next(database::Connection& connection, std::int64_t company, std::string_view series, std::int64_t year);
    void         write(database::Connection& connection);

    void command_done() { taken_.clear(); }
    void command_undone();
    void forget();                                // the whole transaction was undone: read again

private:
    struct Key {
        std::int64_t company = 0;
        std::string  series{};
        std::int64_t year = 0;
        auto         operator<=>(const Key&) const = default;
    };
    struct Stand {
        std::int64_t last = 0, written = 0;
    };
    using Stands = std::map<Key, Stand>;
    Stands                        stands_;
    std::vector<Stands::iterator> taken_;         // by the command that runs
};

}  // namespace tessera
