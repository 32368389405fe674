#include <tessera/kernel.h>

#include <doctest/doctest.h>

#include <algorithm>

using namespace tessera;

namespace {

struct Visit {
    Id<Visit>   id{};
    std::string place{};
    Date        held_on{};
};
struct Guest {
    Id<Guest>   id{};
    Id<Visit>   visit{};
    std::string name{};
};
enum class Mood { calm, busy };
constexpr auto names_of(Mood) { return names("calm", "busy"); }
struct Room {
    Id<Room> id{};
    Mood     mood  = Mood::calm;
    Mood     mood_before = Mood::calm;
    Mood     undeclared  = Mood::calm;
};
struct Row { std::string place{}; std::int64_t guests = 0; };
struct Arrived { Id<Guest> guest{}; };
struct Doors {};
struct Brochure { std::string title{}; };

void hear(Transaction&, const Arrived&) {}

// What a module called "museum" is told when it declares this.
std::string refusal(const std::function<void(Kernel&)>& declare) {
    Kernel kernel;
    kernel.begin_module({.name = "museum", .title = "Museum"});
    try {
        declare(kernel);
        kernel.commit_module();
    } catch (const Refused& refused) {
        return refused.code() + ": " + refused.sentence();
    }
    return "";
}

std::string code(const std::function<void(Kernel&)>& declare) {
    const auto text = refusal(declare);
    return text.substr(0, text.find(':'));
}

std::string report_refusal(const std::function<void(ReportBuilder<Row>&)>& describe) {
    return refusal([&](Kernel& kernel) {
        auto report = kernel.report<Row>("museum.visits", "Visits");
        describe(report);
    });
}

}  // namespace

TEST_CASE("registration: a module declares only names of its own") {
    CHECK(code([](Kernel& k) { k.entity<Visit>("zoo.visit", "Visit"); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.entity<Visit>("museums.visit", "Visit"); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.permission("zoo.enter", "Enter"); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.event<Arrived>("zoo.arrived"); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.report<Row>("zoo.visits", "Visits"); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.check("zoo.check", "Check", {}); }) == "kernel.foreign_name");
    CHECK(code([](Kernel& k) { k.record_view("zoo.visit", "plan", {}, {}); }) == "kernel.foreign_name");
    CHECK(refusal([](Kernel& k) { k.permission("zoo.enter", "Enter"); }) ==
          "kernel.foreign_name: To declare the permission zoo.enter, give it a name that begins with \"museum.\".");
}

TEST_CASE("registration: nothing is declared twice") {
    const auto twice = [](const std::function<void(Kernel&)>& declare) {
        return code([&](Kernel& k) {
            declare(k);
            declare(k);
        });
    };
    CHECK(twice([](Kernel& k) { k.permission("museum.enter", "Enter"); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.permission("museum.read", "What every module has"); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.entity<Visit>("museum.visit", "Visit"); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.event<Arrived>("museum.arrived"); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.report<Row>("museum.visits", "Visits"); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.check("museum.check", "Check", {}); }) == "kernel.declared_twice");
    CHECK(twice([](Kernel& k) { k.provide<Doors>(std::make_shared<Doors>()); }) == "kernel.declared_twice");
    CHECK(code([](Kernel& k) {
              k.entity<Visit>("museum.visit", "Visit");
              k.entity<Visit>("museum.tour", "The same record again");
          }) == "kernel.declared_twice");
    CHECK(code([](Kernel& k) {
              k.entity<Visit>("museum.visit", "Visit").path("halls");
              k.entity<Guest>("museum.guest", "Guest").path("halls");
          }) == "kernel.declared_twice");
}

TEST_CASE("registration: two modules whose tables would be one table do not both load") {
    Kernel kernel;
    kernel.begin_module({.name = "museum"});
    kernel.entity<Visit>("museum.guided_visit", "Visit");
    kernel.commit_module();
    kernel.begin_module({.name = "museum_guided"});
    kernel.entity<Guest>("museum_guided.visit", "Guest");
    CHECK_THROWS_AS(kernel.commit_module(), Refused);
}

TEST_CASE("registration: a module that is abandoned leaves nothing behind") {
    Kernel kernel;
    kernel.begin_module({.name = "zoo"});
    kernel.entity<Visit>("zoo.visit", "Visit").field("place", &Visit::place);
    kernel.contribute(Brochure{"zoo"});
    kernel.commit_module();

    kernel.begin_module({.name = "museum"});
    kernel.permission("museum.enter", "Enter");
    kernel.entity<Guest>("museum.guest", "Guest").field("visit", &Guest::visit);
    kernel.event<Arrived>("museum.arrived").field("guest", &Arrived::guest);
    kernel.on(hear);
    kernel.after(hear);
    kernel.provide<Doors>(std::make_shared<Doors>());
    kernel.contribute(Brochure{"museum"});
    kernel.contribute(Brochure{"museum again"});
    kernel.report<Row>("museum.visits", "Visits");
    kernel.check("museum.check", "Check", {});
    kernel.seed({});
    kernel.page("museum/plan", "Plan");
    kernel.schema("CREATE VIEW museum_plan AS SELECT 1");
    kernel.abandon_module("museum could not register: it burned down.");

    // What it had declared is free for the next one.
    kernel.begin_module({.name = "gallery"});
    kernel.entity<Guest>("gallery.guest", "Guest").field("visit", &Guest::visit);
    kernel.provide<Doors>(std::make_shared<Doors>());
    kernel.commit_module();
    kernel.finish();

    CHECK(kernel.find_entity("museum.guest") == nullptr);
    CHECK(kernel.find_entity(typeid(Guest))->name == "gallery.guest");
    CHECK(kernel.find_entity_by_path("gallery/guests") != nullptr);
    CHECK(kernel.entities().size() == 2);
    CHECK(kernel.find_event(typeid(Arrived)) == nullptr);
    CHECK(kernel.subscribers(typeid(Arrived), false).empty());
    CHECK(kernel.subscribers(typeid(Arrived), true).empty());
    CHECK(kernel.find_report("museum.visits") == nullptr);
    CHECK(kernel.checks().empty());
    CHECK(kernel.seeds().empty());
    CHECK(kernel.pages().empty());
    CHECK(kernel.schema_statements().empty());
    CHECK(std::ranges::none_of(kernel.permissions(), [](const auto& p) { return p.module == "museum"; }));
    CHECK(kernel.modules()[1].refused == "museum could not register: it burned down.");

    const auto list = std::static_pointer_cast<std::vector<Brochure>>(kernel.contributions(typeid(std::vector<Brochure>), [] { return std::shared_ptr<void>(); }));
    REQUIRE(list->size() == 1);
    CHECK(list->front().title == "zoo");
}

TEST_CASE("registration: what a record refers to must be there") {
    CHECK(refusal([](Kernel& k) { k.entity<Guest>("museum.guest", "Guest").field("visit", &Guest::visit); }) ==
          "kernel.no_entity: To declare museum.guest.visit, need the module that declares what it refers to.");
    CHECK(code([](Kernel& k) { k.after(hear); }) == "kernel.no_event");
    CHECK(code([](Kernel& k) { k.on(hear); }) == "");                                   // nobody may ever publish it
    CHECK(code([](Kernel& k) { k.record_view("museum.visit", "plan", {}, {}); }) == "kernel.no_entity");
    CHECK(code([](Kernel& k) { k.workflow(&Room::mood); }) == "kernel.no_entity");
    CHECK(code([](Kernel& k) { k.report<Row>("museum.r", "R").parameter<Id<Visit>>("visit"); }) == "kernel.no_entity");
    struct Album {
        Id<Album>          id{};
        std::vector<Guest> guests{};
    };
    CHECK(code([](Kernel& k) { k.entity<Album>("museum.album", "Album").lines("guests", &Album::guests); }) == "kernel.no_entity");
    CHECK(code([](Kernel& k) {
              k.entity<Visit>("museum.visit", "Visit");
              k.entity<Guest>("museum.guest", "Guest").field("visit", &Guest::visit);      // declared, but not part_of()
              k.entity<Album>("museum.album", "Album").lines("guests", &Album::guests);
          }) == "kernel.no_entity");
}

TEST_CASE("registration: permissions that are used are declared") {
    CHECK(refusal([](Kernel& k) { k.entity<Visit>("museum.visit", "Visit").needs("museum.enter"); }) ==
          "kernel.no_permission: To let museum.visit need the permission museum.enter, declare it with kernel.permission().");
    CHECK(code([](Kernel& k) {
              k.entity<Visit>("museum.visit", "Visit").needs("museum.enter");
              k.permission("museum.enter", "Enter");                                    // the order does not matter
          }) == "");
    CHECK(code([](Kernel& k) {
              k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
              k.workflow(&Room::mood).transition("open", Mood::calm, Mood::busy, needs("museum.open"));
          }) == "kernel.no_permission");
    CHECK(report_refusal([](ReportBuilder<Row>& r) {
              r.column("place", &Row::place).column("guests", &Row::guests).query("SELECT 'a', 1").needs("museum.count");
          }).starts_with("kernel.no_permission"));
}

TEST_CASE("registration: a workflow moves the field its member is declared as") {
    CHECK(code([](Kernel& k) {
              k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
              k.workflow(&Room::undeclared);
          }) == "kernel.bad_declaration");
    CHECK(code([](Kernel& k) {
              k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
              k.workflow(&Room::mood);
              k.workflow(&Room::mood);
          }) == "kernel.declared_twice");
    Kernel kernel;
    kernel.begin_module({.name = "museum"});
    kernel.entity<Room>("museum.room", "Room").field("state", &Room::mood_before).field("mood", &Room::mood);
    kernel.workflow(&Room::mood).transition("open", Mood::calm, Mood::busy);
    kernel.commit_module();
    CHECK(kernel.find_entity("museum.room")->workflow.field == "mood");

    kernel.begin_module({.name = "zoo"});
    CHECK_THROWS_WITH_AS(kernel.workflow(&Room::mood), "To declare a workflow, use an entity of the module itself, not museum.room.", Refused);
}

TEST_CASE("registration: what the database or the report could not use is refused with its module") {
    const auto field = [](const std::string& name) {
        return code([&](Kernel& k) { k.entity<Visit>("museum.visit", "Visit").field(name, &Visit::place); });
    };
    CHECK(field("place") == "");
    CHECK(field("order") == "kernel.bad_declaration");
    CHECK(field("user") == "kernel.bad_declaration");
    CHECK(field("id") == "kernel.bad_declaration");
    CHECK(field("version") == "kernel.bad_declaration");
    CHECK(field("Place") == "kernel.bad_declaration");
    CHECK(field("place; DROP TABLE museum_visit") == "kernel.bad_declaration");
    CHECK(field("") == "kernel.bad_declaration");
    CHECK(code([](Kernel& k) { k.entity<Visit>("museum.Visit", "Visit"); }) == "kernel.bad_declaration");

    using Entity      = EntityBuilder<Visit>;
    const auto entity = [](const std::function<void(Entity&)>& describe) {
        return code([&](Kernel& k) {
            auto e = k.entity<Visit>("museum.visit", "Visit");
            describe(e.field("place", &Visit::place).field("held_on", &Visit::held_on));
        });
    };
    CHECK(entity([](Entity& e) { e.field("place", &Visit::place); }) == "kernel.bad_declaration");
    CHECK(entity([](Entity& e) { e.display("plaice"); }) == "kernel.bad_declaration");
    CHECK(entity([](Entity& e) { e.index({"held_on DESC", "place"}); }) == "");
    CHECK(entity([](Entity& e) { e.index({"held_off"}); }) == "kernel.bad_declaration");
    CHECK(entity([](Entity& e) { e.unique_together({"place", "held_off"}); }) == "kernel.bad_declaration");
    CHECK(entity([](Entity& e) { e.editable_while(Mood::calm); }) == "kernel.bad_declaration");
    CHECK(code([](Kernel& k) { k.entity<Visit>("museum.visit", "Visit").field("place", &Visit::place, positive); }) == "kernel.bad_declaration");
    CHECK(code([](Kernel& k) {
              k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
              k.workflow(&Room::mood).transition("open", Mood::calm, Mood::busy).transition("open", Mood::busy, Mood::calm);
          }) == "kernel.bad_declaration");
}

TEST_CASE("registration: a view has an address of its own, and says what it shows and answers") {
    const auto view = [](std::string name, RecordViewText text, int times = 1) {
        return refusal([&](Kernel& k) {
            k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
            k.workflow(&Room::mood).transition("open", Mood::calm, Mood::busy);
            for (int i = 0; i < times; ++i) k.record_view("museum.room", name, text, [](const Snapshot&, std::int64_t, JsonWriter&) {});
        });
    };
    const RecordViewText plan{"Where it is", R"({"type":"object"})"};
    CHECK(view("plan", plan) == "");
    CHECK(view("plan", plan, 2) == "kernel.bad_declaration: To declare the view plan of museum.room, choose another name: its address is taken.");
    for (const char* taken : {"history", "related", "open"}) CHECK(view(taken, plan).ends_with("its address is taken."));
    CHECK(view("Floor plan", plan).starts_with("kernel.bad_declaration"));
    CHECK(view("plan", {"", plan.schema}) == "kernel.bad_declaration: To declare the view plan of museum.room, say in its title what it shows.");
    for (const char* schema : {"", "{", "[]", R"({"type":"array"})"})
        CHECK(view("plan", {plan.title, schema}) == "kernel.bad_declaration: To declare the view plan of museum.room, give the JSON schema of an object.");
}

TEST_CASE("registration: a file of a record has an address of its own, and says what it holds") {
    const auto file = [](std::string name, RecordFileText text, int times = 1) {
        return refusal([&](Kernel& k) {
            k.entity<Room>("museum.room", "Room").field("mood", &Room::mood);
            for (int i = 0; i < times; ++i) k.record_file("museum.room", name, text, [](const Snapshot&, std::int64_t) { return std::string(); });
        });
    };
    const RecordFileText plan{"The plan", "application/pdf", "pdf"};
    CHECK(file("plan", plan) == "");
    CHECK(file("plan", plan, 2) == "kernel.bad_declaration: To declare the file plan of museum.room, choose another name: its address is taken.");
    CHECK(file("Floor plan", plan).starts_with("kernel.bad_declaration"));
    CHECK(file("plan", {"", plan.media_type, plan.ending}).starts_with("kernel.bad_declaration"));
    CHECK(file("plan", {plan.title, plan.media_type, ""}).starts_with("kernel.bad_declaration"));
    CHECK(code([](Kernel& k) { k.record_file("museum.visit", "plan", {"x", "y", "z"}, {}); }) == "kernel.no_entity");
    CHECK(code([](Kernel& k) { k.record_file("zoo.visit", "plan", {"x", "y", "z"}, {}); }) == "kernel.foreign_name");
}

TEST_CASE("registration: a report's columns are its row, and its query asks for nothing it does not have") {
    const auto both = [](ReportBuilder<Row>& r) -> ReportBuilder<Row>& { return r.column("place", &Row::place).column("guests", &Row::guests); };
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r).parameter<Date>("since").query("SELECT place, 1 FROM v WHERE held_on > :since AND company = :company"); }) == "");
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r).query("SELECT place, 1 FROM v WHERE held_on > :since"); }) ==
          "kernel.bad_declaration: To declare museum.visits, declare the parameter since that its query uses.");
    CHECK(report_refusal([](ReportBuilder<Row>& r) { r.column("place", &Row::place).column("place", &Row::guests).query("SELECT 1, 1"); }) ==
          "kernel.bad_declaration: To declare museum.visits, give each column a name of its own: place is declared twice.");
    CHECK(report_refusal([](ReportBuilder<Row>& r) { r.column("place", &Row::place).query("SELECT 1"); }) ==
          "kernel.bad_declaration: To declare museum.visits, give each member of its row one column: there are 2 members and 1 columns.");
    CHECK(report_refusal([](ReportBuilder<Row>& r) { r.column("place", &Row::place, total).column("guests", &Row::guests).query("SELECT 1, 1"); }) ==
          "kernel.bad_declaration: To declare museum.visits, leave out the total of place: it is no number.");
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r); }) == "kernel.bad_declaration: To declare museum.visits, give it a query or a function, and not both.");
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r).parameter<Date>("company").query("SELECT 1, 1"); }).starts_with("kernel.bad_declaration"));
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r).parameter<Date>("as_of", yields_to("until")).query("SELECT 1, 1"); }) ==
          "kernel.bad_declaration: To declare museum.visits, let as_of yield to a parameter it has; until is none.");
    CHECK(report_refusal([&](ReportBuilder<Row>& r) { both(r).query("SELECT 'at 12:30', 1"); }) == "");          // no parameter: it is quoted
}
