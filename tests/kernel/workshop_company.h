#pragma once
// A repair shop for a test: a fresh database and the test module `workshop`, loaded as a real library. It can be closed
// and opened again with other modules, as after an update.
//
//     WorkshopCompany shop;
//     const auto order = shop.insert(shop.order());
//     shop.run([&](Transaction& tx) { tx.transition(order, "confirm"); });
//     CHECK(shop.refusal([&](Transaction& tx) { … }) == "kernel.wrong_state: To confirm …");
//     CHECK(shop.send({.verb = …, .entity = "workshop.order", .body = R"({"customer":1})"}).version == 1);

#include <tessera/suite.h>
#include <tessera/testing/database.h>

#include <boost/json.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include "../loader/good/workshop/workshop.h"

inline std::string refusal_of(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const tessera::Refused& refused) {
        return refused.code() + ": " + refused.sentence();
    } catch (const std::logic_error& mistake) {
        return std::string("mistake: ") + mistake.what();
    }
}

class WorkshopCompany {
public:
    using Modules = std::vector<std::string>;      // folders of test_modules

    explicit WorkshopCompany(Modules modules = {"workshop"}) {
        std::string pattern = (std::filesystem::temp_directory_path() / "tessera-test-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no scratch folder");
        folder_ = pattern;
        database_.emplace(folder_, "shop");
        open(std::move(modules));
        suite_->init({.company_name = "Repair Shop"});
        run([&](tessera::Transaction& tx) { customer_ = tx.insert(workshop::Customer{.name = "Ada"}); });
    }
    ~WorkshopCompany() {
        suite_.reset();
        database_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    WorkshopCompany(const WorkshopCompany&)            = delete;
    WorkshopCompany& operator=(const WorkshopCompany&) = delete;

    static std::string test_modules() { return std::string(TESSERA_BUILD_DIR) + "/lib/tessera/test_modules/"; }
    tessera::SuiteOptions options(const Modules& modules) const {
        tessera::SuiteOptions options{.database = database_->location(), .create = true, .own_modules = false, .migrate = true, .background = false};
        for (const auto& module : modules) options.module_directories.push_back(test_modules() + module);
        return options;
    }
    void open(const Modules& modules) { open_with(options(modules)); }
    void open_with(const tessera::SuiteOptions& options) {
        suite_.reset();
        suite_ = tessera::Suite::open(options);
    }
    void                   close() { suite_.reset(); }
    // As a server has it, with threads of its own.
    void serve() {
        auto serving       = options({"workshop"});
        serving.background = true;
        open_with(serving);
    }
    template <class Condition>
    static bool soon(const Condition& condition) {
        for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20); std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds(10)))
            if (condition()) return true;
        return false;
    }
    tessera::Suite&        suite() { return *suite_; }
    const std::filesystem::path& folder() const { return folder_; }

    void run(const std::function<void(tessera::Transaction&)>& work, tessera::CommandInfo info = {.name = "test"}) { suite_->write(info, work); }
    std::string refusal(const std::function<void(tessera::Transaction&)>& work) { return refusal_of([&] { run(work); }); }
    void        read(const std::function<void(const tessera::Snapshot&)>& work) { suite_->read({}, work); }
    template <class T>
    tessera::Id<T> insert(T record) {
        run([&](tessera::Transaction& tx) { tx.insert(record); });
        return record.id;
    }
    template <class T>
    T load(tessera::Id<T> id) {
        T record;
        read([&](const tessera::Snapshot& tx) { record = tx.load(id); });
        return record;
    }
    std::int64_t number(std::string_view sql) {
        std::int64_t number = 0;
        read([&](const tessera::Snapshot& tx) { number = tx.value<std::int64_t>(sql).value_or(0); });
        return number;
    }

    // An order of one line, 2 × 10.00.
    workshop::Order order(std::string note = {}) const {
        return {.customer = customer_, .note = std::move(note), .lines = {{.article = "bearing", .quantity = tessera::Quantity::of(2), .price = tessera::UnitPrice::of(10)}}};
    }
    tessera::Id<workshop::Order> confirmed_order() {
        const auto id = insert(order());
        run([&](tessera::Transaction& tx) { tx.transition(id, "confirm"); });
        return id;
    }
    tessera::Id<workshop::Customer> customer() const { return customer_; }

    // ---- as from the API
    tessera::RecordAnswer send(const tessera::RecordCommand& command) { return suite_->run(command); }
    std::string           refused(const tessera::RecordCommand& command) { return refusal_of([&] { send(command); }); }
    tessera::RecordCommand create(std::string body, std::string entity = "workshop.order") const { return {.entity = std::move(entity), .body = std::move(body)}; }
    tessera::RecordCommand change(std::int64_t id, std::string body, std::string entity = "workshop.order") const {
        return {.verb = tessera::RecordCommand::Verb::change, .entity = std::move(entity), .id = id, .body = std::move(body)};
    }
    tessera::RecordCommand remove(std::int64_t id) const { return {.verb = tessera::RecordCommand::Verb::remove, .entity = "workshop.order", .id = id}; }
    tessera::RecordCommand move(std::int64_t id, std::string transition, std::string body = {}) const {
        return {.verb = tessera::RecordCommand::Verb::transition, .entity = "workshop.order", .id = id, .body = std::move(body), .transition = std::move(transition)};
    }

private:
    std::filesystem::path                     folder_;
    std::optional<tessera::testing::Database> database_;
    std::unique_ptr<tessera::Suite>           suite_;
    tessera::Id<workshop::Customer>           customer_{};
};
