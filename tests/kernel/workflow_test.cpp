#include "workshop_company.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

namespace {

struct Shop : WorkshopCompany {
    std::string told(const RecordCommand& command) {
        try {
            send(command);
            return "done";
        } catch (const Refused& refused) {
            return fmt::format("{} {} {}", refused.status(), refused.code(), refused.field());
        }
    }
    RecordCommand as_reader(RecordCommand command) const {
        command.info.actor = Actor::reader("clerk");
        return command;
    }
};

}  // namespace

TEST_CASE("workflow: the refusals come in their order: permission, transition, state, input, action") {
    Shop       shop;
    const auto order = shop.insert(shop.order()).value;
    CHECK(shop.told(shop.as_reader(shop.move(order, "confirm", R"({"nonsense":1})"))) == "403 kernel.not_permitted ");
    CHECK(shop.told(shop.move(order, "polish", R"({"nonsense":1})")) == "404 kernel.no_transition ");
    CHECK(shop.told(shop.move(order, "finish", R"({"nonsense":1})")) == "409 kernel.wrong_state ");         // before its input is read
    CHECK(shop.told(shop.move(order, "confirm", R"({"nonsense":1})")) == "422 kernel.unknown_field ");       // it takes none
    CHECK(shop.told(shop.move(order, "confirm")) == "done");
    CHECK(shop.told(shop.move(order, "finish", R"({"nonsense":1})")) == "422 kernel.unknown_field nonsense");
    CHECK(shop.told(shop.move(order, "finish", "{}")) == "422 kernel.required hours");
    CHECK(shop.told(shop.move(order, "finish")) == "422 kernel.required hours");
    CHECK(shop.told(shop.move(order, "finish", R"({"hours":"-2"})")) == "422 kernel.not_positive hours");
    CHECK(shop.told(shop.move(order, "finish", R"({"hours":"much"})")) == "422 kernel.malformed_number hours");
    CHECK(shop.told(shop.move(order, "finish", R"({"hours":"2","remark":"longer than twenty characters"})")) == "422 kernel.too_long remark");
    CHECK(shop.load(Id<Order>{order}).state == State::confirmed);
    CHECK(shop.number("SELECT count(*) FROM workshop_booking") == 0);
    CHECK(shop.told(shop.move(order, "finish", R"({"hours":"2","remark":"like new"})")) == "done");
    CHECK(shop.told(shop.move(4711, "confirm")) == "404 kernel.not_found ");
}

TEST_CASE("workflow: a transition right after the insert sees what was written in between") {
    Shop       shop;
    auto       order = shop.order();
    const auto told  = shop.refusal([&](Transaction& tx) {
        tx.insert(order);
        tx.execute("UPDATE workshop_order SET state = 'cancelled' WHERE id = :id", order.id);
        tx.transition(order.id, "confirm");
    });
    CHECK(told.starts_with("kernel.wrong_state"));
    shop.run([&](Transaction& tx) {
        tx.insert(order);
        tx.transition(order.id, "confirm");
    });
    CHECK(shop.load(order.id).state == State::confirmed);
}

TEST_CASE("workflow: a refusal names the document as people know it, and the states it could be in") {
    Shop       shop;
    const auto id = shop.confirmed_order().value;
    CHECK(shop.refused(shop.move(id, "confirm")) == fmt::format("kernel.wrong_state: To confirm work order WO-{:04}-00001, it must be draft; it is confirmed.", Date::today().year()));
    shop.send(shop.move(id, "cancel"));
    CHECK(shop.refused(shop.move(id, "finish", R"({"hours":"1"})")).ends_with("it must be confirmed or short of parts; it is cancelled."));
    const auto draft = shop.insert(shop.order());
    CHECK(shop.refused(shop.move(draft.value, "finish")) == fmt::format("kernel.wrong_state: To finish work order {}, it must be confirmed or short of parts; it is draft.", draft));
}

TEST_CASE("workflow: the action may decide the state from its input") {
    Shop       shop;
    const auto id = shop.confirmed_order();
    shop.send(shop.move(id.value, "finish", R"({"hours":"1.5","parts_missing":true,"remark":"valve"})"));
    CHECK(shop.load(id).state == State::short_of_parts);
    CHECK(shop.load(id).remark == "valve");
    shop.send(shop.move(id.value, "finish", R"({"hours":"0.5"})"));
    CHECK(shop.load(id).state == State::finished);
    CHECK(shop.number("SELECT sum(hours) FROM workshop_booking") == 2'000'000);
}

TEST_CASE("workflow: an action that refuses leaves state, number and effects as they were") {
    Shop       shop;
    const auto id = shop.insert(shop.order("after numbering"));
    CHECK(shop.refusal([&](Transaction& tx) { tx.transition(id, "confirm"); }) == "workshop.too_late: To confirm this, mend it first.");
    CHECK(shop.load(id).state == State::draft);
    CHECK(shop.load(id).number == "");
    CHECK(shop.number("SELECT count(*) FROM jobs_delivery") == 0);
    CHECK(shop.number("SELECT count(*) FROM kernel_number_series") == 0);
}

TEST_CASE("workflow: a record is created and moved in one command, or not created at all") {
    Shop shop;
    auto command       = shop.create(R"({"customer":1,"lines":[{"article":"a","quantity":"1","price":"3"}]})");
    command.transition = "confirm";
    const auto answer  = shop.send(command);
    CHECK(shop.load(Id<Order>{answer.id}).state == State::confirmed);
    CHECK(answer.version == 1);                                  // one row, written once
    command.body = R"({"customer":1,"note":"refused by a listener"})";
    CHECK(shop.refused(command).starts_with("workshop.listener_says_no"));
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 1);
    command.transition = "finish";
    CHECK(shop.told(command) == "409 kernel.wrong_state ");
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 1);
}
