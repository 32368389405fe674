#pragma once
// A module may add fields to the records of a module it needs. They are a struct of its own beside the record, stored in the
// record's row, and everywhere the record is: in the API, the form and the list, filters, sorting and search, import and export,
// history and erasure. Their names begin with the module's ("warranty_months"), so that they never meet those of others.
//
//     struct WarrantyTerms {
//         std::int64_t months = 24;
//         std::string  conditions{};
//     };
//
//     kernel.extend<catalog::Product, WarrantyTerms>()
//         .field("months", &WarrantyTerms::months, not_negative, help("How long we repair it at our cost"))
//         .field("conditions", &WarrantyTerms::conditions, multiline)
//         .validate(check_terms);                       // void check_terms(Transaction&, const catalog::Product&, WarrantyTerms&)
//
//     const auto terms = tx.extension<WarrantyTerms>(product.id);
//     tx.save_extension(product.id, WarrantyTerms{.months = 36});
//
// Reports join nothing: the columns are those of the record's table, "warranty_months" of catalog_product. A module that is
// gone leaves them as they are; they are there when it returns. Lines and ledgers cannot be extended.
//
// Refused while registering: kernel.no_entity (the entity is of no module that this one needs), kernel.bad_declaration.

#include <tessera/text.h>
#include <tessera/transaction.h>

namespace tessera {

// The kernel's own: a field of a part, as one of the whole record.
TESSERA_API FieldDescription of_part(FieldDescription field, const EntityDescription& entity, std::size_t extension);

template <class T, class X>
class ExtensionBuilder {
public:
    ExtensionBuilder(EntityDescription& entity, std::size_t extension, std::string module) : d_(entity), i_(extension), module_(std::move(module)) {
        auto& x  = d_.extensions[i_];
        x.type   = typeid(X);
        x.make   = [] { return std::make_shared<X>(); };
        x.assign = [](void* part, const void* from) { *static_cast<X*>(part) = *static_cast<const X*>(from); };
    }
    template <FieldType F, class... Option>
    ExtensionBuilder& field(const std::string& name, F X::* member, const Option&... option) {
        auto f     = describe_field<X, F>(module_ + "_" + name, member, {FieldOption(option)...});
        f.added_by = module_;
        if (f.label.empty()) f.label = humanise(name);
        d_.fields.push_back(of_part(std::move(f), d_, i_));
        return *this;
    }
    // Runs before every insert and save of the record; may complete the extension or throw Refused.
    ExtensionBuilder& validate(void (*check)(Transaction&, const T&, X&)) {
        d_.validators.push_back([check, d = &d_, i = i_](Transaction& tx, void* r) { check(tx, *static_cast<const T*>(r), *static_cast<X*>(d->part(r, i))); });
        return *this;
    }

private:
    EntityDescription& d_;
    std::size_t        i_;
    std::string        module_;
};

}  // namespace tessera
