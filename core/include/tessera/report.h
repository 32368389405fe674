#pragma once
// A report is a declared question: typed parameters, typed columns, and a query (or a function) that answers it on one
// consistent snapshot. The command line, the API, the web page and every export format follow from the declaration.
//
//     struct CostByProduct { std::string product{}; std::int64_t claims = 0; Money cost{}; };
//     kernel.report<CostByProduct>("warranty.cost_by_product", "Warranty cost by product")
//         .parameter<Date>("from", required)
//         .parameter<Date>("to", help("Inclusive; today when not given"))
//         .column("product", &CostByProduct::product)
//         .column("claims", &CostByProduct::claims, total)
//         .column("cost", &CostByProduct::cost, total, opens("financials.general_ledger", {{"account", "=warranty"}}))
//         .query("SELECT product, count(*), sum(estimated_cost) FROM … WHERE reported_on BETWEEN :from AND :to …");
//
// Columns come in the order of the members of the row struct. A query's :names are the report's parameters (NULL when
// not given) and :company. With `run` a function fills rows through `emit(row)`, one at a time, so a report of any length
// streams with flat memory. A column called "currency" says what the money columns after it are in: they are totalled only
// while all rows are in one. Parameters given by users are checked against their types; unknown ones are refused.

#include <tessera/report_result.h>
#include <tessera/transaction.h>

namespace tessera {

struct ParameterDescription {
    std::string name{};
    std::string label{};
    std::string help{};
    FieldKind   kind     = FieldKind::text;
    bool        required = false;
    std::string default_value{};                       // as text; "today" for dates means the day of the run
    std::string yields_to{};                           // has no value when that other one is given
    std::string references{};                          // entity, for reference parameters
    std::type_index referenced_type{typeid(void)};
    std::vector<std::string_view> choices{};
};

// The parameters of one run, by name. A reference parameter given as text is looked up by the record's display field.
class TESSERA_API Parameters {
public:
    bool                       given(std::string_view name) const;
    std::string                text(std::string_view name) const;            // "" when not given
    Date                       date(std::string_view name) const;            // empty when not given
    Instant                    instant(std::string_view name) const;         // empty when not given
    std::int64_t               integer(std::string_view name) const;         // 0 when not given
    bool                       flag(std::string_view name) const;            // false when not given
    template <class T>
    Id<T>                      reference(std::string_view name) const { return Id<T>{integer(name)}; }
    template <NamedEnum E>
    std::optional<E>           choice(std::string_view name) const { return given(name) ? std::optional<E>(value_named<E>(text(name))) : std::nullopt; }

    struct Value { std::string name{}; FieldKind kind = FieldKind::text; bool given = false; std::string text{}; std::int64_t number = 0; };
    std::vector<Value> values{};
    const Value&       value(std::string_view name) const;
    void               bind(std::string_view name, Statement& statement, int parameter) const;
};

struct ReportDescription {
    std::string name{}, title{}, module{}, help{}, permission{};
    std::vector<ParameterDescription> parameters{};
    std::vector<ReportColumn>         columns{};
    std::size_t                       members = 0;      // of the row struct; each needs a column
    std::string                       query{};
    // Fills a row of cells from the statement's current row, or runs the function and emits typed rows as cells.
    std::function<void(Statement&, const Books&, std::vector<Cell>&)>                                                    read_row{};
    std::function<void(const Snapshot&, const Parameters&, const std::function<void(std::vector<Cell>&)>&)>              run{};
    bool in_menu = true;
};

using ColumnOption = std::function<void(ReportColumn&)>;
inline const ColumnOption total  = [](ReportColumn& c) { c.total = true; };
inline const ColumnOption hidden = [](ReportColumn& c) { c.hidden = true; };
inline ColumnOption titled(std::string text) { return [text](ReportColumn& c) { c.label = text; }; }
inline ColumnOption meaning(std::string text) { return [text](ReportColumn& c) { c.help = text; }; }
// The figure leads to another report; see DrillDown for how its parameters are filled.
inline ColumnOption opens(std::string report, std::vector<std::pair<std::string, std::string>> parameters) {
    return [=](ReportColumn& c) { c.drill_down = DrillDown{report, parameters, {}, {}}; };
}
// The figure leads to a record: `id_column` is the (usually hidden) column that holds its id. The entity may also be
// named by a column: "@source_entity".
inline ColumnOption opens_record(std::string entity, std::string id_column) {
    return [=](ReportColumn& c) { c.drill_down = DrillDown{{}, {}, entity, id_column}; };
}

namespace report {
template <class T>
Cell cell_of(const T& v);
template <class T>
constexpr CellType cell_type() {
    if constexpr (IsOptional<T>::value) return cell_type<typename T::value_type>();
    else if constexpr (std::same_as<T, Money>) return CellType::money;
    else if constexpr (std::same_as<T, Quantity>) return CellType::quantity;
    else if constexpr (std::same_as<T, UnitPrice>) return CellType::price;
    else if constexpr (std::same_as<T, Rate>) return CellType::rate;
    else if constexpr (std::same_as<T, Percent>) return CellType::percent;
    else if constexpr (std::same_as<T, Date>) return CellType::date;
    else if constexpr (std::same_as<T, Instant>) return CellType::instant;
    else if constexpr (std::same_as<T, bool>) return CellType::flag;
    else if constexpr (std::integral<T> || FieldTraits<T>::kind == FieldKind::reference) return CellType::integer;
    else return CellType::text;
}
template <class T>
Cell cell_of(const T& v) {
    if constexpr (IsOptional<T>::value) return v ? cell_of(*v) : Cell{};
    else if constexpr (std::same_as<T, Money>) {
        const auto d = static_cast<std::uint8_t>(v.currency().decimals());
        return Decimal{v.minor(), d, d};
    }
    else if constexpr (requires { { v.raw() } -> std::same_as<std::int64_t>; }) return Decimal{v.raw(), static_cast<std::uint8_t>(T::decimals), 0};
    else if constexpr (std::same_as<T, bool>) return v;
    else if constexpr (std::same_as<T, Date> || std::same_as<T, Instant>) return v.empty() ? Cell{} : Cell{v};
    else if constexpr (std::integral<T>) return static_cast<std::int64_t>(v);
    else if constexpr (FieldTraits<T>::kind == FieldKind::reference) return v ? Cell{v.value} : Cell{};
    else if constexpr (std::same_as<T, Currency>) return std::string(v.code());
    else if constexpr (NamedEnum<T>) return std::string(name_of(v));
    else return v.empty() ? Cell{} : Cell{std::string(v)};
}
}  // namespace report

struct ParameterDefault { std::string text; };
// A parameter's value when none is given, as text; "today" is the day of the run, "year_start" the first day of its year.
inline ParameterDefault by_default(std::string text) { return {std::move(text)}; }
struct ParameterYield { std::string to; };
// `as_of` yields to `to`: when that is given, `as_of` has no value, not even its default, and is not printed.
inline ParameterYield yields_to(std::string parameter) { return {std::move(parameter)}; }

template <class Row>
class ReportBuilder {
public:
    explicit ReportBuilder(ReportDescription& d) : d_(d) { d_.members = boost::pfr::tuple_size_v<Row>; }

    template <class T, class... Option>
    ReportBuilder& parameter(std::string name, const Option&... option) {
        FieldDescription f;                       // the same options as fields: required, help, label
        ParameterDescription p;
        p.name = f.name = std::move(name);
        p.kind          = FieldTraits<T>::kind;
        if constexpr (!std::is_void_v<typename ReferencedRecord<T>::type>) p.referenced_type = typeid(typename ReferencedRecord<T>::type);
        if constexpr (NamedEnum<T>) {
            constexpr auto all = names_of(T{});
            p.choices.assign(all.begin(), all.end());
        }
        [[maybe_unused]] const auto take = [&]<class O>(const O& o) {
            if constexpr (std::same_as<O, ParameterDefault>) p.default_value = o.text;
            else if constexpr (std::same_as<O, ParameterYield>) p.yields_to = o.to;
            else static_cast<const FieldOption&>(FieldOption(o))(f);
        };
        (take(option), ...);
        p.label = f.label; p.help = f.help; p.required = f.required;
        d_.parameters.push_back(std::move(p));
        return *this;
    }
    // Columns in the order of Row's members; every member needs one.
    template <class T, class... Option>
    ReportBuilder& column(std::string name, T Row::*, const Option&... option) {
        ReportColumn c;
        c.name = std::move(name);
        c.type = report::cell_type<T>();
        (ColumnOption(option)(c), ...);
        d_.columns.push_back(std::move(c));
        return *this;
    }
    ReportBuilder& help(std::string text) { d_.help = std::move(text); return *this; }
    // Asked by pages, not by people: menus leave it out; whoever knows its name may run it.
    ReportBuilder& not_in_menu() { d_.in_menu = false; return *this; }
    ReportBuilder& needs(std::string permission) { d_.permission = std::move(permission); return *this; }
    ReportBuilder& query(std::string sql) {
        d_.query    = std::move(sql);
        d_.read_row = [](Statement& s, const Books& books, std::vector<Cell>& cells) {
            Row row{};
            tessera::sql::read_row(s, row, books);
            to_cells(row, cells);
        };
        return *this;
    }
    using Emit = std::function<void(const Row&)>;
    ReportBuilder& run(std::function<void(const Snapshot&, const Parameters&, const Emit&)> answer) {
        d_.run = [answer = std::move(answer)](const Snapshot& tx, const Parameters& p, const std::function<void(std::vector<Cell>&)>& out) {
            std::vector<Cell> cells;
            answer(tx, p, [&](const Row& row) { to_cells(row, cells); out(cells); });
        };
        return *this;
    }

private:
    static void to_cells(const Row& row, std::vector<Cell>& cells) {
        cells.clear();
        boost::pfr::for_each_field(row, [&](const auto& member) { cells.push_back(report::cell_of(member)); });
    }
    ReportDescription& d_;
};

}  // namespace tessera
