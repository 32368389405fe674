#pragma once
// A text under construction that leaves in chunks: append to text(), call flush_when_full() between rows and flush() at
// the end. Memory stays at one chunk and the longest row.

#include "reports/format_writers.h"

namespace tessera::reports {

class ChunkedOutput {
public:
    explicit ChunkedOutput(Output out) : out_(std::move(out)) { text_.reserve(chunk_bytes + chunk_bytes / 4); }

    std::string& text() { return text_; }
    void         flush_when_full() {
                if (text_.size() >= chunk_bytes) flush();
    }
    void flush() {
        if (!text_.empty()) out_(text_);
        text_.clear();
    }

private:
    static constexpr std::size_t chunk_bytes = 64 * 1024;

    Output      out_;
    std::string text_{};
};

}  // namespace tessera::reports
