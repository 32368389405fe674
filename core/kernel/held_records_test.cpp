#include "kernel/held_records.h"

#include <doctest/doctest.h>

using namespace tessera;

namespace {

struct Note {
    Id<Note>    id{};
    std::string title{};
    std::string text{};
};

EntityDescription described() {
    EntityDescription   note{.name = "test.note"};
    EntityBuilder<Note> builder(note);
    builder.field("title", &Note::title).field("text", &Note::text);
    return note;
}

Note note(std::string title, std::string text) {
    Note n{.title = std::move(title), .text = std::move(text)};
    n.id = Id<Note>{1};
    return n;
}

}  // namespace

TEST_CASE("held records: an object keeps what its holder changed and takes over the rest") {
    const auto  entity = described();
    HeldRecords held;
    Note        mine = note("a", "a"), theirs = note("a", "a");
    held.loaded(entity, &mine, &mine);
    held.loaded(entity, &theirs, &theirs);
    theirs.text = "b";
    held.saved(entity, &theirs, &theirs);
    mine.title = "c";
    held.take_over(entity, &mine, &mine);
    CHECK(mine.title == "c");
    CHECK(mine.text == "b");

    mine.text = "d";
    theirs.text = "e";
    held.saved(entity, &theirs, &theirs);
    CHECK_THROWS_AS(held.take_over(entity, &mine, &mine), std::logic_error);
}

TEST_CASE("held records: an object nobody loaded is taken to be up to date") {
    const auto  entity = described();
    HeldRecords held;
    Note        theirs = note("a", "b"), copied = note("a", "a");
    held.loaded(entity, &theirs, &theirs);
    held.take_over(entity, &copied, &copied);
    CHECK(copied.text == "a");
    CHECK(held.find(entity, 2) == nullptr);
    held.removed(entity, 1);
    CHECK(held.find(entity, 1) == nullptr);
}

TEST_CASE("held records: one loaded over and over is not remembered without end") {
    const auto        entity = described();
    HeldRecords       held;
    std::vector<Note> many(1000, note("a", "a"));
    for (auto& one : many) held.loaded(entity, &one, &one);
    auto last = note("z", "z");
    held.saved(entity, &last, &last);
    held.take_over(entity, &many.back(), &many.back());       // still known
    CHECK(many.back().text == "z");
    held.take_over(entity, &many.front(), &many.front());      // long forgotten: up to date, as far as can be told
    CHECK(many.front().text == "a");
}
