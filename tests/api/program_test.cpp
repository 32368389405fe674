#include "api_scenario.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace api_tests;

namespace {

// `tessera` with these words, its standard output to be read; ended with SIGTERM when the object goes.
class Program {
public:
    explicit Program(std::vector<std::string> words) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        std::vector<char*> arguments;
        words.insert(words.begin(), TESSERA_PROGRAM);
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
    }
    ~Program() {
        if (process_ > 0) stop();
        std::fclose(output_);
    }
    Program(const Program&)            = delete;
    Program& operator=(const Program&) = delete;

    std::string line() {
        char buffer[4096];
        return std::fgets(buffer, sizeof buffer, output_) ? buffer : "";
    }
    int wait() {
        int status = 0;
        ::waitpid(std::exchange(process_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    int stop() {
        ::kill(process_, SIGTERM);
        return wait();
    }

private:
    pid_t process_ = 0;
    FILE* output_  = nullptr;
};

}  // namespace

TEST_CASE("the program: what it serves is there after it has stopped, and stopping is success") {
    const tessera::testing::Company  anywhere{"catalog"};   // lends its temporary directory
    const tessera::testing::Database database(anywhere.directory(), "books");
    const auto                       books = database.location();
    REQUIRE(Program({"init", "--database", books, "--name", "Served", "--currency", "USD"}).wait() == 0);
    auto token = Program({"token", "create", "administrator", "--permission", "*", "--database", books}).line();
    token      = "Authorization: Bearer " + token.substr(0, token.find('\n'));
    for (int start = 1; start <= 3; ++start) {
        Program    program({"serve", "--database", books, "--listen", "127.0.0.1:0"});
        const auto line = program.line();
        CAPTURE(line);
        REQUIRE(line.starts_with("Serving Served on http://127.0.0.1:"));
        Client client(static_cast<unsigned short>(std::stoi(line.substr(line.rfind(':') + 1))));
        CHECK(client.ask({.url = "/readyz"}).status == 200);
        CHECK(client.ask({"POST", "/api/catalog/units", R"({"code":"P)" + std::to_string(start) + "\"}", {token}}).status == 201);
        for (int before = 1; before <= start; ++before)
            CHECK(client.ask({.url = "/api/catalog/units?code=P" + std::to_string(before), .headers = {token}}).body.find("\"total\":1") != std::string::npos);
        CHECK(program.stop() == 0);
    }
}
