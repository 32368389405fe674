#include <doctest/doctest.h>

#include <tessera/csv.h>

#include "metadata/record_views.h"
#include "metadata/workshop_fixture.h"

using namespace tessera;
using namespace tessera::metadata::workshop;

namespace csv_records_test {

std::string exported(Workshop& workshop, const char* entity, const ListRequest& request = {}) {
    std::string csv;
    workshop.read([&](const Snapshot& tx) {
        metadata::export_csv(tx, workshop.entity(entity), request, [&](std::string_view part) { csv += part; });
    });
    return csv;
}

// "2 created, 1 updated", or the refusal.
std::string imported(Workshop& workshop, const char* entity, std::string_view csv) {
    std::string text;
    const auto  refusal = refused_with([&] {
        workshop.write([&](Transaction& tx) {
            const auto outcome = metadata::import_csv(tx, workshop.entity(entity), csv);
            text               = fmt::format("{} created, {} updated", outcome.created, outcome.updated);
        });
    });
    return refusal.empty() ? text : refusal;
}

template <class Value>
Value value_of(Workshop& workshop, std::string_view sql) {
    std::optional<Value> value;
    workshop.read([&](const Snapshot& tx) { value = tx.value<Value>(sql); });
    return value.value_or(Value{});
}

std::string without_columns(const std::string& csv, const std::vector<std::string>& names) {
    std::string text;
    CsvWriter   writer(text);
    CsvReader   reader(std::string_view(csv), CsvHeader::none);
    reader.next();
    std::vector<bool> kept;
    for (std::size_t i = 0; i < reader.size(); ++i) kept.push_back(std::ranges::find(names, reader[i]) == names.end());
    do {
        for (std::size_t i = 0; i < reader.size(); ++i)
            if (kept[i]) writer.number(reader[i]);
        writer.end_row();
    } while (reader.next());
    return text;
}

void fill(Workshop& workshop) {
    const auto acme  = workshop.insert(Supplier{.number = "S1", .name = "=Acme; \"North\", Ltd"});
    const auto other = workshop.insert(Supplier{
        .number = "S2", .name = "Other", .currency = Currency::of("JPY"), .active = false, .note = "two\nlines"});
    const auto chain = workshop.insert(Product{.code = "1001", .name = "Chain", .price = UnitPrice::parse("-0.5")});
    const auto frame = workshop.insert(Product{.code = "2", .name = "Frame"});  // looks like an id, its own
    workshop.insert(Order{
        .supplier = acme,
        .date     = Date(2026, 1, 5),
        .reckoned_in = Currency::of("JPY"),
        .lines    = {
               OrderLine{.product = chain, .quantity = Quantity::parse("1.5"), .amount = workshop.books.money("12.50")},
               OrderLine{.product = frame, .quantity = Quantity::parse("2"), .remark = "-urgent"}}});
    workshop.insert(
        Order{.supplier = other,
              .currency = Currency::of("JPY"),
              .lines    = {OrderLine{
                     .product = frame, .quantity = Quantity::parse("7"), .amount = Money{1250, Currency::of("JPY")}}}});
    workshop.insert(Order{.supplier = other});
}

}  // namespace csv_records_test

using namespace csv_records_test;

TEST_CASE("export: every field of every record, the lines of a document below its first row") {
    Workshop workshop;
    fill(workshop);
    CHECK(exported(workshop, "shop.order", {.limit = 1}) ==
          "id,number,supplier,date,reckoned_in,currency,state,total,approved_at,lines.id,lines.product,lines.quantity,lines.amount,"
          "lines.remark\r\n"
          "1,PO-2026-00001,\"'=Acme; \"\"North\"\", Ltd\",2026-01-05,JPY,USD,draft,12.50,,1,1001,1.5,12.50,\r\n"
          ",,,,,,,,,2,2,2,0.00,'-urgent\r\n"
          "2,PO-2026-00002,Other,,,JPY,draft,1250,,3,2,7,1250,\r\n"
          "3,PO-2026-00003,Other,,,USD,draft,0.00,,,,,,\r\n");
    CHECK(exported(workshop, "shop.supplier", {.filters = {{"active", "eq", "false"}}, .sort = {"-name"}}) ==
          "id,number,name,currency,payment_days,active,note\r\n2,S2,Other,JPY,30,false,\"two\nlines\"\r\n");
}

TEST_CASE("export: a reference whose label would not find it again is written as its id") {
    Workshop   workshop;
    const auto first  = workshop.insert(Supplier{.name = "Twin"});
    const auto second = workshop.insert(Supplier{.name = "Twin"});
    const auto digits = workshop.insert(Supplier{.name = "1"});
    for (const auto supplier : {first, second, digits}) workshop.insert(Order{.supplier = supplier});
    const auto csv = exported(workshop, "shop.order");
    CHECK(csv.find("PO-2026-00001,1,") != csv.npos);
    CHECK(csv.find("PO-2026-00002,2,") != csv.npos);
    CHECK(csv.find("PO-2026-00003,3,") != csv.npos);
    CHECK(imported(workshop, "shop.order", csv) == "0 created, 3 updated");
    CHECK(exported(workshop, "shop.order") == csv);
}

TEST_CASE("export, then import: nothing changes, and nothing is written") {
    Workshop workshop;
    fill(workshop);
    for (const auto* entity : {"shop.supplier", "shop.product", "shop.order"}) {
        const auto csv = exported(workshop, entity);
        CHECK(imported(workshop, entity, csv).starts_with("0 created, "));
        CHECK(exported(workshop, entity) == csv);
    }
    CHECK(value_of<std::int64_t>(workshop, "SELECT max(version) FROM shop_order") == 1);
}

TEST_CASE("export, then import into another company: the records are there") {
    Workshop here, there;
    fill(here);
    for (const auto* entity : {"shop.supplier", "shop.product"})
        CHECK(imported(there, entity, without_columns(exported(here, entity), {"id"})) == "2 created, 0 updated");
    // The numbers are given anew; states and totals come out the same, and so may stay in the file.
    CHECK(imported(there, "shop.order", without_columns(exported(here, "shop.order"), {"id", "number", "lines.id"})) ==
          "3 created, 0 updated");
    CHECK(exported(there, "shop.order") == exported(here, "shop.order"));
    CHECK(exported(there, "shop.supplier") == exported(here, "shop.supplier"));
}

TEST_CASE("import: a record is found by its id, by a unique field or by a unique combination; else it is made") {
    Workshop workshop;
    fill(workshop);
    CHECK(imported(workshop, "shop.supplier", "number;name;active\nS1;Acme;no\nS9;Nine;\n") == "1 created, 1 updated");
    CHECK(value_of<std::string>(workshop, "SELECT name FROM shop_supplier WHERE id = 1 AND active = 0") == "Acme");
    CHECK(value_of<std::int64_t>(workshop, "SELECT active FROM shop_supplier WHERE number = 'S9'") == 1);
    CHECK(imported(workshop, "shop.supplier", "id,note\n3,ninth\n") == "0 created, 1 updated");
    CHECK(value_of<std::string>(workshop, "SELECT note FROM shop_supplier WHERE number = 'S9'") == "ninth");
    CHECK(imported(workshop, "shop.supplier", "id,note,payment_days\n3,,\n") == "0 created, 1 updated");
    CHECK(value_of<std::int64_t>(workshop,
                                 "SELECT payment_days FROM shop_supplier WHERE number = 'S9' AND note IS NULL") == 30);
    CHECK(imported(workshop, "shop.price", "product,since,price\n1001,2026-01-01,5\n1001,2026-02-01,6\n") ==
          "2 created, 0 updated");
    CHECK(imported(workshop, "shop.price", "product,since,price\n1001,2026-02-01,7\n") == "0 created, 1 updated");
}

TEST_CASE("import: the lines given of a document are all its lines, matched by their id or by their place") {
    Workshop workshop;
    fill(workshop);
    const auto lines =
        "SELECT group_concat(id || ':' || (quantity / 1000000), ' ') FROM (SELECT id, quantity FROM shop_order_line "
        "WHERE document = 1 ORDER BY id)";
    CHECK(imported(workshop, "shop.order", "number,lines.quantity\nPO-2026-00001,5\n,6\n") == "0 created, 1 updated");
    CHECK(value_of<std::string>(workshop, lines) == "1:5 2:6");
    CHECK(imported(workshop, "shop.order",
                   "number,lines.product,lines.quantity\nPO-2026-00001,1001,5\n,1001,6\n,2,7\n") ==
          "0 created, 1 updated");
    CHECK(value_of<std::string>(workshop, lines) == "1:5 2:6 4:7");
    CHECK(imported(workshop, "shop.order", "id,lines.id,lines.product,lines.quantity\n1,2,,6\n,,Frame,8\n")
              .starts_with("kernel.unknown_reference: Line 3, column lines.product: "));
    CHECK(imported(workshop, "shop.order", "id,lines.id,lines.quantity\n1,2,9\n") == "0 created, 1 updated");
    CHECK(value_of<std::string>(workshop, lines) == "2:9");
    CHECK(imported(workshop, "shop.order", "id,date,lines.id\n1,2026-03-01,\n") == "0 created, 1 updated");
    CHECK(value_of<std::string>(workshop, lines) == "2:9");
}

TEST_CASE("import: every refusal names the line, the column and what to do, and leaves nothing behind") {
    Workshop workshop;
    fill(workshop);
    workshop.write([&](Transaction& tx) {
        auto order  = tx.load(Id<Order>{3});
        order.state = OrderState::approved;
        tx.save(order);
    });
    struct Case {
        const char* entity;
        const char* csv;
        const char* refusal;
    };
    const Case cases[] = {
        {"shop.supplier", "",
         "kernel.import_empty: To import suppliers, send a CSV file whose first line names its columns, of: id, "
         "number, name,"},
        {"shop.supplier", "name,colour\nA,red\n",
         "kernel.import_unknown_column: To import suppliers, name the columns in line 1 after their fields (id, "
         "number,"},
        {"shop.supplier", "name,payment_days\nNew,1\nOther,soon\n",
         "kernel.malformed_number: Line 3, column payment_days: To set this, give a whole number; \"soon\" is none."},
        {"shop.supplier", "name,number\nNew,S8\n,S7\n",
         "kernel.required: Line 3, column name: To save Supplier, give its name."},
        {"shop.supplier", "id,name\n77,Gone\n",
         "kernel.import_unknown_id: Line 2, column id: To change a supplier, give the id of one that exists;"},
        {"shop.supplier", "number,name\nS1,A\nS2,B\nS1,C\n",
         "kernel.import_given_twice: To import line 4, put it together with line 2:"},
        {"shop.supplier", "number,name\nS8,A\nS8,B\n",
         "kernel.import_given_twice: To import line 3, put it together with line 2:"},
        {"shop.supplier", "name\n\"New\nLine\"\nx,y\n", "kernel.malformed_csv: "},
        {"shop.order", "supplier,lines.product,lines.quantity\n,1001,1\n",
         "kernel.import_no_record: To import line 2, fill in the columns of the order itself:"},
        {"shop.order", "supplier,lines.product,lines.quantity\nNobody,1001,1\n",
         "kernel.unknown_reference: Line 2, column supplier: To set supplier, name an existing supplier; \"Nobody\" is "
         "none."},
        {"shop.order", "supplier,lines.product,lines.quantity\nOther,1001,1\n,2,0\n",
         "kernel.not_positive: Line 3, column lines.quantity: To save Order line, give a quantity above zero."},
        {"shop.order", "supplier,currency,lines.product,lines.quantity,lines.amount\nOther,JPY,1001,1,12.50\n",
         "kernel.too_many_decimals: Line 2, column lines.amount: "},
        {"shop.order", "supplier,state\nOther,approved\n",
         "kernel.read_only_field: Line 2, column state: To import this, leave the cell empty: state is never set from "
         "outside, and here it is \"draft\"."},
        {"shop.order", "number,lines.id,lines.quantity\nPO-2026-00001,3,1\n",
         "kernel.unknown_line: Line 2, column lines.id: "},
        {"shop.order", "number,date\nPO-2026-00003,2026-05-05\n", "kernel.wrong_state: Line 2: To change this order, "},
        {"shop.order_line", "quantity\n5\n",
         "kernel.not_importable: To add order lines, use the documents that make them"},
        {"shop.movement", "quantity\n5\n", "kernel.not_importable: To add movements, "},
    };
    const auto suppliers = exported(workshop, "shop.supplier"), orders = exported(workshop, "shop.order");
    for (const auto& c : cases) {
        CAPTURE(std::string(c.csv));
        const auto refusal = imported(workshop, c.entity, c.csv);
        CHECK_MESSAGE(refusal.starts_with(c.refusal), refusal);
    }
    CHECK(exported(workshop, "shop.supplier") == suppliers);
    CHECK(exported(workshop, "shop.order") == orders);
}
