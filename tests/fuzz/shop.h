#pragma once
// The shop whose lists are asked for, and readers who see a part of it.
//
//     Shop       shop(Secrets::kept);
//     const auto asked = asked_of(shop, "/order?supplier=1&sort=-date");     // none: it is not a query
//     shop.list(shop.clerk(), *asked->entity, asked->request).text           // {"rows":[…],…}, or the refusal
//
// A clerk sees no supplier called "Secret …", no orders but those of the suppliers 1 and 2, no note of a supplier and no
// price of a product. In a shop without secrets there is nothing else; for a clerk both are the same.

#include "access/narrowing.h"
#include "harness.h"
#include "metadata/workshop_fixture.h"

#include <optional>

namespace tessera::fuzz {

enum class Secrets { kept, none };

struct Answer {
    bool        refused = false;
    std::string text{};
    friend bool operator==(const Answer&, const Answer&) = default;
};

class Shop {
public:
    explicit Shop(Secrets secrets);

    const Kernel& kernel() const { return workshop_.kernel; }
    const Actor&  clerk() const { return clerk_; }
    Actor         narrowed(const std::vector<access::Narrowing::Rules>& rules, const std::vector<access::RoleField>& fields = {});

    void   read(const Actor& actor, const std::function<void(const Snapshot&)>& work);
    void   change(const std::function<void(Transaction&)>& work);  // and undo it
    Answer list(const Actor& actor, const EntityDescription& entity, const ListRequest& request);

private:
    metadata::workshop::Workshop workshop_{};
    Actor                        clerk_{};
};

struct Asked {
    const EntityDescription* entity = nullptr;
    ListRequest              request{};
};
std::optional<Asked> asked_of(const Shop& shop, std::string_view target);

std::vector<std::int64_t> ids_of(const Answer& answer);

}  // namespace tessera::fuzz
