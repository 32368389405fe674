#pragma once
// Where results go: standard output, or the file given with --output. A result that cannot be written whole is a failure,
// also when the disk is full or the pipe is closed. What is told to the person at the terminal goes to standard error.

#include <functional>
#include <string>
#include <string_view>

namespace tessera::program {

void print(std::string_view text);     // to standard output; Refused "kernel.output_failed"
void finish_output();                  // flushes it; the same refusal
void complain(std::string_view text);  // to standard error

// A file that is there whole or not at all: written beside its place, moved there by keep().
class OutputFile {
public:
    explicit OutputFile(std::string file);  // Refused "kernel.output_failed"
    ~OutputFile();                          // forgets what was not kept
    OutputFile(const OutputFile&)            = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view bytes);
    void keep();

private:
    std::string file_, beside_;
    int         descriptor_ = -1;
    std::string waiting_{};  // bytes not written yet
    void        flush();
};

// Runs `work` with the function that writes, into the file or, when that is empty, to standard output.
void write_to(const std::string& file, const std::function<void(const std::function<void(std::string_view)>&)>& work);

bool output_is_terminal();

}  // namespace tessera::program
