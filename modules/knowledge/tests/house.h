#pragma once
// A house with people, products and topics, for the tests of this module: what they do in one line each, read back as text.

#include <catalog/records.h>
#include <crm/complaints.h>
#include <knowledge/people.h>
#include <sales/records.h>
#include <tessera/access.h>
#include <tessera/testing/company.h>
#include <tessera/text.h>

#include <doctest/doctest.h>

#include <map>
#include <set>

namespace knowledge::tests {

using tessera::Quantity;
using tessera::Refused;
using tessera::operator""_date;

class House {
public:
    static inline const Date today = Date(2026, 6, 15);

    House() : company(tessera::testing::CompanyOptions{.modules = {"knowledge"}, .today = today}) { shop = company.insert(directory::Party{.number = "SHOP", .name = "Corner Shop", .customer = true}); }

    // Somebody who works here and signs in with their name in small letters.
    Id<Employee> employee(const std::string& name, const char* languages = "", Date leaves_on = {}) {
        const auto user  = tessera::lower_ascii(name);
        const auto email = user + "@house.example";
        users_[user]     = company.insert(tessera::access::User{.name = user, .full_name = name, .email = email}).value;
        return company.insert(Employee{.number = name, .name = name, .email = email, .languages = languages, .leaves_on = leaves_on});
    }
    void writes_nothing(const std::string& user) { only_take_part_.insert(user); }
    Id<catalog::Category> category(const char* name, Id<catalog::Category> parent = {}) { return company.insert(catalog::Category{.name = name, .parent = parent}); }
    Id<catalog::Product>  product(const char* name, Id<catalog::Category> category = {}) {
        const auto unit = *company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
        return company.insert(catalog::Product{.number = name, .name = name, .category = category, .unit = unit, .saleable = true});
    }
    Id<Topic> topic(const char* name, std::vector<TopicSubject> subjects = {}, Id<Topic> parent = {}, Id<Employee> lead = {}) {
        return company.insert(Topic{.name = name, .parent = parent, .lead = lead, .subjects = std::move(subjects)});
    }
    template <class T>
    static TopicSubject subject(const char* entity, Id<T> record) { return {.entity = entity, .record = record.value}; }

    // What was done, as the other modules leave it.
    void resolved(Id<Employee> by, Id<catalog::Product> product, Date on, Id<crm::ComplaintReason> reason = {}) {
        company.insert(crm::Complaint{.registered_on = on, .party = shop, .what_happened = "It broke", .product = product, .reason = reason, .owner = by, .state = crm::ComplaintState::resolved, .resolved_on = on});
    }
    Id<crm::Complaint> complained(Id<catalog::Product> product, Date on, Id<Employee> owner = {}, Id<crm::ComplaintReason> reason = {}) {
        return company.insert(crm::Complaint{.registered_on = on, .party = shop, .what_happened = "It broke", .product = product, .reason = reason, .owner = owner});
    }
    Id<sales::Order> sold(Id<Employee> by, Id<catalog::Product> product, Date on) {
        return company.insert(sales::Order{.customer     = shop,
                                           .date         = on,
                                           .sales_person = by,
                                           .currency     = company.suite().books().currency,
                                           .state        = sales::OrderState::confirmed,
                                           .lines        = {{.product = product, .quantity = Quantity::of(1)}}});
    }
    void shipped(Id<catalog::Product> product, Date on, int times = 1) {
        const auto line = company.load(sold({}, product, on)).lines.at(0);
        company.run([&](Transaction& tx) {
            for (int i = 0; i < times; ++i)
                tx.insert(sales::Shipment{.customer = shop, .date = on, .state = sales::ShipmentState::shipped, .lines = {{.order_line = line.id, .product = product, .quantity = Quantity::of(1)}}});
        });
    }
    void invoiced(Id<catalog::Product> product, const char* amount, Date on) {
        company.insert(sales::Invoice{.customer = shop, .date = on, .currency = company.suite().books().currency, .state = sales::PostingState::posted,
                                      .lines    = {{.product = product, .quantity = Quantity::of(1), .amount = company.money(amount), .book_amount = company.money(amount)}}});
    }

    // A transition as the API sends it, by a user; the code of the refusal, "" when it is done.
    template <class T>
    std::string step(Id<T> id, const char* transition, const std::string& input = "{}", const std::string& user = {}, Date on = today) {
        return refusal([&] {
            std::string entity;
            company.read([&](const Snapshot& tx) { entity = tx.entity_name(typeid(T)); });
            company.suite().run({.verb = tessera::RecordCommand::Verb::transition, .entity = entity, .id = id.value, .body = input, .transition = transition, .info = {.actor = actor(user), .business_date = on}});
        });
    }
    // A new record as the API sends it.
    std::string create(const char* entity, const std::string& body, const std::string& user = {}, Date on = today) {
        return refusal([&] { company.suite().run({.verb = tessera::RecordCommand::Verb::create, .entity = entity, .body = body, .info = {.actor = actor(user), .business_date = on}}); });
    }
    template <class Work>
    std::string refusal(const Work& work) {
        try {
            work();
        } catch (const Refused& refused) {
            return refused.code();
        }
        return {};
    }
    template <class T>
    std::string name_of(Id<T> id) {
        std::string name;
        if (id) company.read([&](const Snapshot& tx) { name = tx.label_of(id); });
        return name;
    }
    std::int64_t count(std::string_view sql) { return company.value<std::int64_t>(sql).value_or(0); }

    tessera::testing::Company company;
    Id<directory::Party>      shop{};

private:
    tessera::Actor actor(const std::string& user) const {
        if (user.empty()) return {};
        std::vector<std::string> permissions{"*.read", "knowledge.take_part"};
        if (!only_take_part_.contains(user)) permissions.push_back("knowledge.edit");
        return {.name = user, .permissions = tessera::Permissions::of(permissions), .user = users_.at(user)};
    }
    std::map<std::string, std::int64_t> users_{};
    std::set<std::string>               only_take_part_{};
};

}  // namespace knowledge::tests
