#pragma once
// A program under test: started with its own environment, its two outputs kept, ended by its process id and never left
// behind.
//
//     Program serve({tessera(), "serve", "--listen", "127.0.0.1:0"}, {.directory = scratch.path()});
//     const auto line = serve.first_line();              // "Serving Acme on http://127.0.0.1:43121"
//     CHECK(serve.stop(SIGTERM) == 0);
//
//     const auto ended = run({"/bin/sh", "-c", "tessera verify"}, {.directory = scratch.path()});
//
// The environment is the test's own without its locale, time zone and TESSERA_ variables, TESSERA_TEST_ ones excepted:
// English, UTC, and `tessera` on the path. A program that was killed by signal N ends with 128 + N.

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace whole {

// The program under test: the built one, or the one that TESSERA_PROGRAM names.
inline std::string tessera() {
    const char* given = ::getenv("TESSERA_PROGRAM");
    return given ? given : TESSERA_PROGRAM;
}

struct Setting {
    std::filesystem::path    directory{};
    std::vector<std::string> environment{};  // "NAME=value", over what is inherited
};

struct Ended {
    int         code = 0;
    std::string output{}, errors{};
};

class Program {
public:
    Program(std::vector<std::string> words, const Setting& setting)
        : output_(keeper("output")), errors_(keeper("errors")) {
        auto environment = surroundings(setting);
        auto arguments = pointers(words), variables = pointers(environment);
        process_ = ::fork();
        if (process_ < 0) throw std::runtime_error("fork failed");
        if (process_ == 0) become(setting.directory.c_str(), arguments.data(), variables.data());
        ::setpgid(process_, process_);
    }
    ~Program() {
        if (process_ > 0) stop(SIGKILL);
        ::close(output_);
        ::close(errors_);
    }
    Program(const Program&)            = delete;
    Program& operator=(const Program&) = delete;

    pid_t process() const { return process_; }
    bool running() const { return process_ > 0 && ::kill(process_, 0) == 0 && !poll_end(std::chrono::milliseconds(0)); }
    std::string output() const { return all_of(output_); }
    std::string errors() const { return all_of(errors_); }

    // Waits for the first line it prints; empty when it ends, or takes too long, without one.
    std::string first_line(std::chrono::seconds longest = std::chrono::seconds(30)) const {
        const auto latest = std::chrono::steady_clock::now() + longest;
        while (true) {
            const bool ended = poll_end(std::chrono::milliseconds(2));
            const auto text  = output();
            if (const auto end = text.find('\n'); end != std::string::npos) return text.substr(0, end);
            if (ended || std::chrono::steady_clock::now() > latest) return {};
        }
    }

    void signal(int number) const { ::kill(process_, number); }

    // What it ended with. One that takes too long is killed, and everything it started with it.
    int wait(std::chrono::seconds longest = std::chrono::seconds(60)) {
        if (!poll_end(longest)) ::kill(-process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    int stop(int number) {
        signal(number);
        return wait();
    }

private:
    static int keeper(const char* name) {
        const int file = ::memfd_create(name, MFD_CLOEXEC);
        if (file < 0) throw std::runtime_error("no memory for a program's output");
        return file;
    }

    static std::vector<std::string> surroundings(const Setting& setting) {
        const auto               program = std::filesystem::path(tessera()).parent_path().string();
        std::vector<std::string> all{"LC_ALL=C.UTF-8", "TZ=UTC", "TESSERA_DATABASE=books.tessera"};
        for (const auto& given : setting.environment) {
            std::erase_if(all, [&](const auto& one) { return name_of(one) == name_of(given); });
            all.push_back(given);
        }
        for (char** one = ::environ; *one; ++one) {
            const auto name = name_of(*one);
            if (std::any_of(all.begin(), all.end(), [&](const auto& given) { return name_of(given) == name; })) continue;
            if (name == "PATH")
                all.push_back("PATH=" + program + ":" + (*one + 5));
            else if (!name.starts_with("LC_") && name != "LANG" && name != "LANGUAGE" && name != "TZ" &&
                     (!name.starts_with("TESSERA_") || name.starts_with("TESSERA_TEST_")))
                all.push_back(*one);
        }
        return all;
    }
    static std::string        name_of(const std::string& variable) { return variable.substr(0, variable.find('=')); }
    static std::vector<char*> pointers(std::vector<std::string>& texts) {
        std::vector<char*> all;
        for (auto& text : texts) all.push_back(text.data());
        all.push_back(nullptr);
        return all;
    }

    [[noreturn]] void become(const char* directory, char** arguments, char** variables) const {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
        ::dup2(output_, STDOUT_FILENO);
        ::dup2(errors_, STDERR_FILENO);
        if (*directory && ::chdir(directory) != 0) ::_exit(126);
        ::execvpe(arguments[0], arguments, variables);
        ::_exit(127);
    }

    bool poll_end(std::chrono::milliseconds longest) const {
        const int handle = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
        pollfd    ended{handle, POLLIN, 0};
        const int count = ::poll(&ended, 1, static_cast<int>(longest.count()));
        ::close(handle);
        return count > 0;
    }

    static std::string all_of(int file) {
        std::string text(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), '\0');
        const auto  size = ::pread(file, text.data(), text.size(), 0);
        text.resize(static_cast<std::size_t>(size > 0 ? size : 0));
        return text;
    }

    int   output_, errors_;
    pid_t process_ = 0;
};

inline Ended run(std::vector<std::string> words, const Setting& setting,
                 std::chrono::seconds longest = std::chrono::seconds(120)) {
    Program    program(std::move(words), setting);
    const auto code = program.wait(longest);
    return {code, program.output(), program.errors()};
}

// A folder of its own, gone with the object.
class Scratch {
public:
    Scratch() {
        auto name = (std::filesystem::temp_directory_path() / "tessera-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Scratch(const Scratch&)            = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path        operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace whole
