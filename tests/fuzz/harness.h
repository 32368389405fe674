#pragma once
// A harness gives any bytes to one reader of what comes from outside, and says what holds whatever they are: that it does not
// crash is the least of it. Each is one file:
//
//     void try_csv(std::string_view bytes) {
//         Table table;
//         if (!accepts([&] { table = read(bytes); })) return;         // refused: in one sentence that can be shown
//         must(read(written(table)) == table, "what is written is read as what it was");
//     }
//     HARNESS(csv)
//
// fuzz_tests gives each its corpus and mutations of it, run.sh lets libFuzzer look for more. A harness leaves nothing behind:
// the same bytes do the same at any time.

#include <tessera/refused.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::fuzz {

// What was claimed does not hold.
class Broken : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

void must(bool holds, std::string_view claim);
// A refusal or another message is one line of text that can be shown, and not longer than can be read.
void must_be_one_sentence(std::string_view message);

// False when `work` is Refused; anything else that it throws passes on.
template <class Work>
bool accepts(Work&& work) {
    try {
        work();
        return true;
    } catch (const Refused& refused) {
        must(!refused.code().empty(), "a refusal has a code");
        must_be_one_sentence(refused.sentence());
        return false;
    }
}

// The bytes before the first `end`, which are taken away together with it; all of them when there is none.
std::string_view take_until(std::string_view& bytes, char end);

struct Harness {
    std::string name{};
    void (*give)(std::string_view bytes) = nullptr;
};
const std::vector<Harness>& harnesses();  // by name

struct Declared {
    Declared(const char* name, void (*give)(std::string_view));
};
#define HARNESS(name) static const ::tessera::fuzz::Declared declared_##name(#name, try_##name);

}  // namespace tessera::fuzz
