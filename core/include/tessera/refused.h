#pragma once
// Refused is the one exception for what a user can mend: it carries a stable code, named by module and fact, and one
// sentence that says what to do. Throwing it inside a command leaves nothing behind; the web shows the sentence, the
// API answers with a problem document (409, or the status given), the command line prints it on standard error.
//
//     throw Refused("financials.period_closed", "To post on {}, reopen {} or choose a later date.", date, period);
//
// Write the sentence as "To <goal>, <do this>." Never pass user text as the format string: pass it as an argument.

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

#define TESSERA_API __attribute__((visibility("default")))

namespace tessera {

class TESSERA_API Refused : public std::runtime_error {
public:
    template <class... Arguments>
    Refused(std::string_view code, fmt::format_string<Arguments...> sentence, Arguments&&... arguments)
        : Refused(Plain{}, code, fmt::format(sentence, std::forward<Arguments>(arguments)...)) {}

    struct Plain {};
    Refused(Plain, std::string_view code, std::string sentence);   // for a sentence that is already text
    ~Refused() override;

    const std::string& code() const { return code_; }
    std::string        sentence() const { return what(); }

    // The HTTP status of the problem document: 409 unless said otherwise (404 not found, 422 invalid input,
    // 403 not permitted, 412 stale version, 507 storage full).
    int      status() const { return status_; }
    Refused& with_status(int status) & { status_ = status; return *this; }
    Refused  with_status(int status) && { status_ = status; return std::move(*this); }

    // Seconds after which the same may succeed; 0: not known.
    int      retry_after() const { return retry_after_; }
    Refused& with_retry_after(int seconds) & { retry_after_ = seconds; return *this; }
    Refused  with_retry_after(int seconds) && { retry_after_ = seconds; return std::move(*this); }

    // The input field the refusal is about ("lines[2].quantity"), empty when it is about the whole.
    const std::string& field() const { return field_; }
    Refused&           with_field(std::string field) & { field_ = std::move(field); return *this; }
    Refused            with_field(std::string field) && { field_ = std::move(field); return std::move(*this); }

private:
    std::string code_;
    std::string field_;
    int         status_ = 409;
    int         retry_after_ = 0;
};

}  // namespace tessera
