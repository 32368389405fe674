// One file, one writer: who comes second is told where the first one is, or goes through it.
#include "served_books.h"

#include <doctest/doctest.h>

namespace faults {

namespace {

std::string text(const boost::json::value& value) { return std::string(value.as_string()); }

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("a second server on the same books is refused and names the first") {
    const Books  books;
    const Server server(books);
    const auto   second = books.tessera({"serve", "--listen", "127.0.0.1:0"});
    CHECK(second.code == 1);
    CHECK(second.output == "");
    CHECK_MESSAGE(second.errors.find(server.url()) != std::string::npos, second.errors);
    CHECK(server.get("directory/parties/1").status == 200);

    // However the file is called: its lock is one.
    std::filesystem::create_symlink(books.file(), books.folder() / "other.tessera");
    const auto third = books.tessera({"serve", "--listen", "127.0.0.1:0", "--database", "other.tessera"});
    CHECK(third.code == 1);
    CHECK_MESSAGE(third.errors.find(server.url()) != std::string::npos, third.errors);
}

TEST_CASE("a second server on the same address is refused") {
    const Books  books, others;
    const Server server(books);
    const auto   second = others.tessera({"serve", "--listen", server.url().substr(7)});
    CHECK(second.code == 1);
    CHECK_MESSAGE(second.errors.starts_with("To listen on 127.0.0.1"), second.errors);
}

TEST_CASE("the command line reads beside a running server and writes through it") {
    const Books books;
    Server      server(books);
    const auto  made = books.tessera(
         {"directory", "party", "create", "--set", "number=S9", "--set", "name=Supplier 9", "--set", "supplier=true"});
    CHECK_MESSAGE(made.code == 0, made.errors);
    CHECK(part(server.get("directory/parties?number=S9").body, {"total"}) == 1);

    const auto order =
        server.post("purchasing/orders",
                    R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})");
    REQUIRE(order.good());
    CHECK(books.tessera({"purchasing", "order", "approve", std::to_string(id_of(order.body))}).code == 0);
    CHECK(text(part(server.get("purchasing/orders/1").body, {"number"})) == "PO-2020-00001");
    CHECK(books.tessera({"directory", "party", "change", "Supplier 9", "--set", "note=By hand"}).code == 0);
    CHECK(text(part(server.get("directory/parties/5").body, {"note"})) == "By hand");
    CHECK(books.tessera({"directory", "party", "remove", "Supplier 9"}).code == 0);
    CHECK(server.get("directory/parties/5").status == 404);

    // Refused through the server as it would be without: the same sentence.
    const auto through = books.tessera({"purchasing", "approve", "PO-2020-00001"});
    CHECK(through.code == 1);
    CHECK(books.tessera({"report", "purchasing.order_summary"}).code == 0);
    CHECK(books.verified() == "sound");
    CHECK(server.stop() == 0);
    CHECK(books.tessera({"purchasing", "approve", "PO-2020-00001"}).errors == through.errors);
}

TEST_CASE("what writes many records at once waits for the server to stop") {
    const Books  books;
    const Server server(books);
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"import", "adventureworks", "."}, {"demo"}, {"init", "--name", "Another"}}) {
        CAPTURE(words.front());
        const auto ended = books.tessera(words);
        CHECK(ended.code == 1);
        CHECK_MESSAGE(std::count(ended.errors.begin(), ended.errors.end(), '\n') == 1, ended.errors);
    }
    CHECK(books.verified() == "sound");
}

TEST_CASE("a killed server leaves no lock behind") {
    const Books books;
    Server      server(books);
    server.stop(SIGKILL);
    CHECK(books.tessera({"directory", "party", "create", "--set", "name=Afterwards"}).code == 0);
    CHECK(books.verified() == "sound");
}

TEST_SUITE_END();

}  // namespace faults
