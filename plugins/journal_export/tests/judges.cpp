// hledger, ledger and beancount as judges of what is exported. Without them the tests that ask them fail.

#include "tests/office.h"


#include <cstdio>
#include <fstream>

namespace journal_export::tests {

namespace {

void require_program(const std::string& program) {
    const auto found   = std::system(fmt::format("command -v {} >/dev/null 2>&1", program).c_str()) == 0;
    const auto package = program.starts_with("bean") ? "beancount" : program;
    REQUIRE_MESSAGE(found, "To run this test, install " << program << " (Debian: " << package << ").");
}

}  // namespace

std::string Office::judged(const std::string& command, const std::string& file_name, const std::string& text) {
    require_program(command.substr(0, command.find(' ')));
    const auto path = company.directory() / file_name;
    std::ofstream(path, std::ios::binary) << text;
    const auto  line = fmt::format(fmt::runtime("export LC_ALL=C.UTF-8; ( " + command + " ) 2>&1"), "'" + path.string() + "'");
    std::string printed;
    FILE* const pipe = popen(line.c_str(), "r");
    REQUIRE(pipe);
    char bytes[4096];
    for (std::size_t size; (size = fread(bytes, 1, sizeof bytes, pipe)) > 0;) printed.append(bytes, size);
    const auto ended = pclose(pipe);
    const auto code  = ended >= 0 && ended % 256 == 0 ? ended / 256 : -1;
    return code == 0 ? printed : fmt::format("exit {}: {}", code, printed);
}

}  // namespace journal_export::tests
