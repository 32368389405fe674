#include "world.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace bench {

World::World(const std::string& place, int suppliers, int products)
    : file_(place.find("://") == std::string::npos ? place + "/bench.tessera" : "") {
    remove_file();
    suite_ = Suite::open({.database = file_.empty() ? place : file_, .create = true, .background = false});
    suite_->init({.company_name = "Bench"});
    suite_->bulk([&](const Suite::Bulk& command) {
        for (int i = 0; i < suppliers; ++i)
            command({.name = "bench.supplier"}, [&](Transaction& tx) {
                suppliers_.push_back(tx.insert(directory::Party{.name = fmt::format("Supplier {}", i), .supplier = true}));
            });
        command({.name = "bench.products"}, [&](Transaction& tx) {
            const auto unit = tx.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit ORDER BY id LIMIT 1").value();
            for (int i = 0; i < products; ++i) {
                catalog::Product product;
                product.number = fmt::format("P{:05}", i);
                product.name   = fmt::format("Product {}", i);
                product.unit   = unit;
                products_.push_back(tx.insert(product));
            }
        });
    });
}

World::World(const std::string& location, Existing) : suite_(Suite::open({.database = location, .background = false})) {
    suite_->read({}, [&](const tessera::Snapshot& tx) {
        suppliers_ = tx.rows<Id<directory::Party>>("SELECT id FROM directory_party WHERE supplier = 1 ORDER BY id");
        products_  = tx.rows<Id<catalog::Product>>("SELECT id FROM catalog_product ORDER BY id");
    });
}

World::~World() {
    suite_.reset();
    remove_file();
}

void World::remove_file() const {
    if (file_.empty()) return;
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(file_ + suffix);
}

void World::cycle(std::int64_t n) {
    using namespace purchasing;
    const auto supplier = suppliers_[static_cast<std::size_t>(n) % suppliers_.size()];
    Order      order{.supplier = supplier, .date = day_};
    for (std::size_t i = 0; i < 3; ++i)
        order.lines.push_back({.product = products_[(static_cast<std::size_t>(n) * 3 + i) % products_.size()], .quantity = Quantity::of(10), .price = UnitPrice::parse("4.17")});
    suite_->write({.name = "purchasing.order.create_and_approve"}, [&](Transaction& tx) {
        tx.insert(order);
        tx.transition(order.id, "approve");
    });
    for (int r = 0; r < 2; ++r) {
        GoodsReceipt receipt{.date = day_};
        for (const auto& line : order.lines) receipt.lines.push_back({.order_line = line.id, .quantity = Quantity::of(5)});
        suite_->write({.name = "purchasing.goods_receipt.create_and_post"}, [&](Transaction& tx) {
            tx.insert(receipt);
            tx.transition(receipt.id, "post");
        });
    }
    VendorInvoice invoice{.supplier = supplier, .supplier_number = fmt::format("S-{}", n), .date = day_};
    for (const auto& line : order.lines) invoice.lines.push_back({.order_line = line.id, .quantity = Quantity::of(10), .price = line.price});
    suite_->write({.name = "purchasing.vendor_invoice.create_and_post"}, [&](Transaction& tx) {
        tx.insert(invoice);
        tx.transition(invoice.id, "post");
        invoice = tx.load(invoice.id);
    });
    suite_->write({.name = "financials.payment.create_and_post"}, [&](Transaction& tx) {
        financials::Payment payment{.party = supplier, .date = day_};
        payment.lines.push_back({.item = invoice.open_item, .amount = invoice.total});
        tx.insert(payment);
        tx.transition(payment.id, "post");
    });
}

Memory memory() {
    std::ifstream status("/proc/self/status");
    Memory        m;
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string        name;
        double             kilobytes = 0;
        words >> name >> kilobytes;
        if (name == "VmRSS:") m.resident = kilobytes / 1024;
        if (name == "VmHWM:") m.peak = kilobytes / 1024;
    }
    return m;
}

}  // namespace bench
