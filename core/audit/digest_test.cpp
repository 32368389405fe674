#include <tessera/digest.h>

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace tessera;

// FIPS 180-4, the examples of its second appendix.
TEST_CASE("digest: the published examples of SHA-256") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("digest: several threads at once get the same") {
    std::vector<std::thread> threads;
    std::vector<std::string> results(4);
    for (auto& result : results) threads.emplace_back([&result] {
            for (int i = 0; i < 1000; ++i) result = sha256_hex("abc");
        });
    for (auto& thread : threads) thread.join();
    for (const auto& result : results) CHECK(result == sha256_hex("abc"));
}
