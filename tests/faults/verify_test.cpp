// Damage behind the back of the program: for every check of `tessera verify` there is damage that it finds under its
// name. What is written here is what a careless person with a database tool could write.
#include "served_books.h"

#include <doctest/doctest.h>
#include <tessera/suite.h>

#include <fstream>
#include <set>
#include <sstream>

namespace faults {

namespace {

struct Damage {
    std::string              check;
    std::vector<std::string> sql;
};

const std::vector<Damage> damages{
    {"kernel.audit_chain", {"UPDATE kernel_audit SET user_name = 'nobody' WHERE id = 3"}},
    {"kernel.audit_chain", {"DELETE FROM kernel_audit WHERE id = 3"}},
    {"access.approved_content", {"UPDATE purchasing_order_line SET price = price + 1"}},
    {"kernel.audit_chain", {"UPDATE kernel_audit SET via = 'session 1' WHERE id = 3"}},
    {"kernel.audit_chain", {"DELETE FROM kernel_audit_record WHERE audit = 3"}},
    {"kernel.audit_chain", {"DELETE FROM kernel_audit_personal"}},
    {"attachments.content", {"UPDATE attachments_piece SET bytes = CAST('The bill as it went' AS BLOB)"}},
    {"attachments.content", {"DELETE FROM attachments_piece"}},
    {"attachments.content", {"UPDATE attachments_attachment SET state = 'removed'"}},
    {"crm.complaint_costs", {"UPDATE crm_complaint SET cost = cost + 1"}},
    {"crm.stage_history", {"UPDATE crm_opportunity SET amount = amount + 1"}},
    {"crm.merged_parties", {"UPDATE directory_party SET crm_merged_into = 1 WHERE number = 'SHOP'"}},
    {"crm.segment_stays", {"UPDATE crm_segment_member SET party = 1"}},
    {"knowledge.revisions", {"UPDATE knowledge_asset SET body = 'Something else'"}},
    {"sales.order_quantities", {"UPDATE sales_order_line SET shipped = shipped + 1000000"}},
    {"sales.order_amounts", {"UPDATE sales_order SET unbilled = unbilled + 1"}},
    {"sales.entries", {"UPDATE sales_shipment SET state = 'reversed'"}},
    {"sales.invoice_entries", {"UPDATE sales_invoice SET book_total = book_total + 1"}},
    {"sales.deferred_revenue", {"UPDATE sales_deferral SET earned = earned + 1"}},
    {"sales.shipped_not_invoiced",
     {"UPDATE financials_journal_line SET account = (SELECT account FROM financials_account_role_mapping WHERE role = "
      "'sales.shipped_not_invoiced') WHERE id = 1"}},
    {"financials.entry_balanced", {"UPDATE financials_journal_line SET amount = amount + 1 WHERE id = 1"}},
    {"financials.entry_numbers", {"UPDATE financials_journal_entry SET number = 'JE-2020-00099' WHERE id = 2"}},
    {"financials.hash_chain", {"UPDATE financials_journal_entry SET memo = 'Something else' WHERE id = 1"}},
    {"financials.hash_chain",
     {"DELETE FROM financials_journal_line WHERE entry = 2", "DELETE FROM financials_journal_entry WHERE id = 2"}},
    {"financials.locked_periods", {"UPDATE financials_period SET state = 'open' WHERE name = '2020-01'"}},
    {"financials.locked_periods", {"UPDATE financials_period_change SET recorded_at = 1"}},
    {"financials.reversals", {"UPDATE financials_journal_entry SET reverses = 1 WHERE reverses IS NOT NULL"}},
    {"financials.trial_balance", {"UPDATE financials_journal_line SET amount = amount + 1 WHERE id = 1"}},
    {"financials.period_balances", {"UPDATE financials_period_balance SET debit = debit + 1"}},
    {"financials.daily_balances", {"DELETE FROM financials_daily_balance WHERE date = '2020-01-03'"}},
    {"financials.open_items", {"UPDATE financials_open_item SET open_amount = open_amount + 1 WHERE id = 1"}},
    {"financials.payables_control", {"UPDATE financials_open_item SET book_amount = book_amount + 1 WHERE id = 1"}},
    {"financials.receivables_control", {"UPDATE financials_open_item SET side = 'receivable' WHERE id = 1"}},
    {"inventory.stock_balance", {"UPDATE inventory_stock_balance SET quantity = quantity + 1"}},
    {"inventory.product_value", {"UPDATE inventory_product_value SET value = value + 1"}},
    {"inventory.product_account", {"UPDATE inventory_product_account SET account = account + 1"}},
    {"inventory.counted_on", {"INSERT INTO inventory_counted_on (product, location, day) VALUES (1, 1, '2020-01-03')"}},
    {"inventory.zero_quantity", {"UPDATE inventory_value_entry SET amount = amount + 1 WHERE product = 2"}},
    {"inventory.negative_stock",
     {"UPDATE inventory_stock_balance SET quantity = -quantity - 1000000",
      "UPDATE inventory_quantity_entry SET quantity = quantity * 100 WHERE quantity < 0"}},
    {"inventory.standard_value",
     {"UPDATE catalog_product SET standard_cost = standard_cost + 1000000 WHERE number = 'P3'"}},
    {"inventory.days", {"UPDATE inventory_day SET quantity = quantity + 1"}},
    {"inventory.months", {"UPDATE inventory_month SET value = value + 1"}},
    {"inventory.applications", {"DELETE FROM inventory_application"}},
    {"inventory.ledger", {"UPDATE inventory_value_entry SET amount = amount + 1 WHERE id = 1"}},
    {"purchasing.allocations", {"DELETE FROM purchasing_match_allocation"}},
    {"purchasing.holds", {"UPDATE purchasing_match_hold SET amount = amount + 1 WHERE id = 1"}},
    {"purchasing.held_payments", {"UPDATE financials_open_item SET open_amount = 1 WHERE held_amount > 0"}},
    {"purchasing.duplicates", {"UPDATE purchasing_vendor_invoice SET supplier_number = 'a 1'"}},
    {"purchasing.order_quantities", {"UPDATE purchasing_order_line SET received = received + 1000000"}},
    {"purchasing.received_not_invoiced", {"UPDATE purchasing_clearing_entry SET amount = amount + 1 WHERE id = 1"}},
    {"purchasing.entries", {"UPDATE purchasing_goods_receipt SET state = 'draft'"}},
    {"purchasing.invoice_entries", {"UPDATE purchasing_vendor_invoice SET book_total = book_total + 1 WHERE id = 1"}},
};

// Raw SQL past every guard: the triggers that make ledgers append-only are dropped first and made again after.
void damage(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    struct Trigger {
        std::string name{}, sql{};
    };
    const auto suite = tessera::Suite::open({.database = file.string(), .background = false});
    suite->write({.name = "kernel.damage"}, [&](tessera::Transaction& tx) {
        const auto triggers = tx.rows<Trigger>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        for (const auto& trigger : triggers) tx.execute("DROP TRIGGER " + trigger.name);
        for (const auto& statement : statements) {
            tx.execute(statement);
            REQUIRE_MESSAGE(tx.value<std::int64_t>("SELECT changes()").value_or(0) > 0, statement, " damages nothing");
        }
        for (const auto& trigger : triggers) tx.execute(trigger.sql);
    });
}

std::set<std::string> words(const std::string& text) {
    std::istringstream    all(text);
    std::set<std::string> names;
    for (std::string word; all >> word;) names.insert(word);
    return names;
}

class Sound {
public:
    Sound() {
        Server server(books_);
        make_one_of_everything(server);
        REQUIRE(server.stop() == 0);
        REQUIRE(books_.verified() == "sound");
    }
    const Books& books() const { return books_; }

    // What verify says of a copy after something was done to it.
    template <class Work>
    std::string after(const Work& work) const {
        const Copy copy(books_);
        work(copy.folder / "books.tessera");
        const auto ended =
            books_.tessera({"verify", "--database", (copy.folder / "books.tessera").string(), "--format", "json"});
        if (ended.code != 1) return "exit " + std::to_string(ended.code) + ": " + ended.errors;
        std::string names;
        const auto  answer = boost::json::parse(ended.output);
        for (const auto& check : answer.as_object().at("checks").as_array())
            if (!check.as_object().at("ok").as_bool())
                names += " " + std::string(check.as_object().at("check").as_string());
        return names;
    }

private:
    struct Copy {
        explicit Copy(const Books& books) { books.copy_to(folder.path()); }
        whole::Scratch folder;
    };
    Books books_;
};

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("verify: damage is found by the check that is there for it, and no check is without damage here") {
    const Sound           sound;
    std::set<std::string> proven{"kernel.storage"};  // in the case below
    for (const auto& one : damages) {
        CAPTURE(one.sql.front());
        const auto found = sound.after([&](const auto& file) { damage(file, one.sql); });
        CHECK_MESSAGE(words(found).contains(one.check), one.check, " is not among:", found);
        proven.insert(one.check);
    }
    std::set<std::string> all;
    const auto            checks = part(sound.books().tessera({"verify", "--format", "json"}).output, {"checks"});
    for (const auto& check : checks.as_array()) all.insert(std::string(check.as_object().at("check").as_string()));
    for (const auto& name : all) CHECK_MESSAGE(proven.contains(name), name, " has no damage that proves it");
    for (const auto& name : proven) CHECK_MESSAGE(all.contains(name), name, " is no check");
}

TEST_CASE("verify: a page of the file that is not what was written is found, whatever lies on it") {
    const Sound sound;
    for (const char* table : {"purchasing_match_hold", "directory_party", "financials_tax_code"}) {
        CAPTURE(table);
        const auto found = sound.after([&](const std::filesystem::path& file) {
            std::int64_t page = 0;
            {
                const auto suite = tessera::Suite::open({.database = file.string(), .read_only = true});
                suite->read({}, [&](const tessera::Snapshot& tx) {
                    page = tx.value<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = :table",
                                                  std::string_view(table))
                               .value();
                });
            }
            std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
            out.seekp((page - 1) * 4096 + 1);
            out.write("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
        });
        const bool named = words(found).contains("kernel.storage") || found.starts_with("exit 2: To");
        CHECK_MESSAGE(named, found);
    }
}

TEST_CASE("verify: it says so when it cannot tell") {
    const Sound sound;
    const auto  truncated =
        sound.after([](const std::filesystem::path& file) { std::filesystem::resize_file(file, 5000); });
    CHECK_MESSAGE((truncated.starts_with("exit 2: To ") || words(truncated).contains("kernel.storage")), truncated);
    const auto foreign = sound.after([](const std::filesystem::path& file) {
        std::ofstream(file) << "This is a letter, not a database. It goes on for a while, as letters do.";
    });
    CHECK_MESSAGE(foreign.starts_with("exit 2: To "), foreign);
}

TEST_SUITE_END();

}  // namespace faults
