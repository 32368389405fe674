// The configuration file of a server: it is refused with its line, or every value lies within its bounds and can be written
// down again.

#include "configuration.h"

#include "harness.h"
#include "serve_configuration.h"

#include <sys/mman.h>
#include <unistd.h>

#include <regex>
#include <sstream>

namespace tessera::fuzz {
namespace {

using namespace program;

// A file without a place on a disk.
class File {
public:
    explicit File(std::string_view bytes) : descriptor_(::memfd_create("tessera.toml", MFD_CLOEXEC)) {
        must(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "there is room for a file");
    }
    ~File() { ::close(descriptor_); }
    File(const File&)            = delete;
    File& operator=(const File&) = delete;

    std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

// The server's configuration and what it sets.
struct Configured {
    Options       options{"serve --config FILE", "Offers the books."};
    ServeOptions  serving{};
    MailOptions   mail;
    Configuration configuration;

    Configured() : configuration(make()) {}
    Configuration make() {
        options.option("listen", "ADDRESS:PORT", "where", "127.0.0.1:8080").option("web", "DIR", "pages").repeated("host", "NAME", "a name");
        options.flag("behind-proxy", "whether").flag("log-requests", "whether").replica().books();
        options.parse({});
        return serve_configuration(options, serving, mail);
    }
    // False for a misuse, which is one sentence.
    bool read(std::string_view bytes) {
        const File file(bytes);
        try {
            configuration.read(file.name());
            return true;
        } catch (const Misuse& misuse) {
            const std::string_view sentence = misuse.what();
            must_be_one_sentence(sentence);
            must(sentence.starts_with("To run tessera serve, correct line ") && sentence.ends_with("(tessera serve --help-config)."), "a misuse names the line");
            return false;
        }
    }
    // Sizes, times, numbers and words as a file says them; what is in other letters is left out.
    std::string written() {
        static const std::regex setting(R"(# ([a-z_]+ = "?[0-9A-Za-z]+"?))");
        std::istringstream      example(serve_configuration(options, serving, mail).example());
        std::string             text;
        std::smatch             found;
        for (std::string line; std::getline(example, line);) {
            if (line.starts_with('[')) text += line + "\n";
            if (std::regex_match(line, found, setting)) text += found.str(1) + "\n";
        }
        return text;
    }
};

void try_configuration(std::string_view bytes) {
    Configured given, again;
    if (!given.read(bytes)) return;
    const auto written = given.written();
    must(again.read(written), "what was read can be written down");
    must(again.written() == written, "what is written down is read as what it was");
}
HARNESS(configuration)

}  // namespace
}  // namespace tessera::fuzz
