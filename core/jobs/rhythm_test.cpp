#include <tessera/job.h>

#include <doctest/doctest.h>

using namespace tessera;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("jobs");

TEST_CASE("a rhythm says when a job is due next") {
    struct Row { Rhythm rhythm; const char *now, *due, *text; };
    const Row rows[] = {
        {every(1min), "2026-06-01T10:00:00Z", "2026-06-01T10:01:00.000000Z", "every minute"},
        {every(10min), "2026-06-01T23:55:00Z", "2026-06-02T00:05:00.000000Z", "every 10 minutes"},
        {every(2h), "2026-06-01T10:00:00Z", "2026-06-01T12:00:00.000000Z", "every 2 hours"},
        {every(90s), "2026-06-01T10:00:00Z", "2026-06-01T10:01:30.000000Z", "every 90 seconds"},
        {daily_at(2), "2026-06-01T01:59:59Z", "2026-06-01T02:00:00.000000Z", "daily at 02:00 UTC"},
        {daily_at(2), "2026-06-01T02:00:00Z", "2026-06-02T02:00:00.000000Z", "daily at 02:00 UTC"},
        {daily_at(23, 30), "2024-02-28T23:45:00Z", "2024-02-29T23:30:00.000000Z", "daily at 23:30 UTC"},
        {daily_at(6), "1969-12-31T12:00:00Z", "1970-01-01T06:00:00.000000Z", "daily at 06:00 UTC"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.now);
        CHECK(next_after(row.rhythm, Instant::parse(row.now)).str() == row.due);
        CHECK(text_of(row.rhythm) == row.text);
    }
}
