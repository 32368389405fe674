#pragma once
// The pages of the web UI, all held in memory, with the compressed forms (.br, .gz) that lie beside them. No path is ever
// looked up on disk, so none can lead out of the folder. When index.html is built anew, the whole folder is read again.
//
// Any path without a point in its last part is a page of the UI and gets index.html. What lies in assets/ carries a hash
// in its name and may be kept for ever; everything else is asked for again each time and answered 304 while unchanged.

#include "http/exchange.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>

namespace tessera::http {

class StaticFiles {
public:
    explicit StaticFiles(std::filesystem::path directory);  // empty: there are no pages

    Response answer(const Request& request);  // may be called from any thread

private:
    using Bytes = std::shared_ptr<const std::string>;
    struct File {
        Bytes            plain{}, gzip{}, brotli{};
        std::string_view type{};
        std::string      tag{};
        bool             hashed = false;
    };
    using Files = std::map<std::string, File, std::less<>>;

    std::shared_ptr<const Files> current();
    std::shared_ptr<const Files> read() const;

    std::filesystem::path                 directory_;
    std::mutex                            mutex_;
    std::shared_ptr<const Files>          files_{};
    std::filesystem::file_time_type       built_{};
    std::chrono::steady_clock::time_point looked_{};
};

}  // namespace tessera::http
