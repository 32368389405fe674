#include <catalog/records.h>

namespace catalog {

namespace price_lists {

class KeptPriceLists : public PriceLists {
public:
    std::optional<SupplierPrice> find(const tessera::Snapshot& tx, Id<Product> product, Id<directory::Party> supplier,
                                      Quantity quantity, Date on) const override {
        return tx.first<SupplierPrice>(
            "product = :product AND supplier = :supplier AND minimum_quantity <= :quantity"
            " AND (valid_from IS NULL OR valid_from <= :day)"
            " AND (valid_to IS NULL OR valid_to >= :day)"
            " ORDER BY minimum_quantity DESC, id DESC LIMIT 1",
            product, supplier, quantity, on);
    }
};

}  // namespace price_lists

void declare_price_lists_service(tessera::Kernel& kernel) {
    kernel.provide<PriceLists>(std::make_shared<price_lists::KeptPriceLists>());
}

}  // namespace catalog
