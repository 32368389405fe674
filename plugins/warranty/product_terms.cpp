// Fields of our own on another module's record: how long a product is under warranty. They are in the product's form and list, in the
// API ("warranty_months"), in files and in its history, as if catalog had declared them.

#include <warranty/claim.h>

namespace warranty {

void declare_product_terms(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.extend<catalog::Product, ProductTerms>().field("months", &ProductTerms::months, not_negative, label("Warranty in months"),
                                                          help("Claims made later are not accepted; 24 when left empty"));
}

}  // namespace warranty
