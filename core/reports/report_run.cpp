#include "reports/report_run.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "containment/meter.h"
#include "metadata/record_lookup.h"
#include "workflow/transition.h"

#include <algorithm>
#include <cctype>

namespace tessera {

const Parameters::Value& Parameters::value(std::string_view name) const {
    for (const auto& v : values)
        if (v.name == name) return v;
    throw std::logic_error("the report declares no parameter " + std::string(name));
}
bool         Parameters::given(std::string_view name) const { return value(name).given; }
std::string  Parameters::text(std::string_view name) const { return value(name).text; }
Date         Parameters::date(std::string_view name) const { return given(name) ? Date::parse(value(name).text) : Date{}; }
Instant      Parameters::instant(std::string_view name) const { return given(name) ? Instant::parse(value(name).text) : Instant{}; }
std::int64_t Parameters::integer(std::string_view name) const { return value(name).number; }
bool         Parameters::flag(std::string_view name) const { return value(name).number != 0; }

void Parameters::bind(std::string_view name, Statement& s, int parameter) const {
    const auto& v = value(name);
    if (!v.given) return s.bind_null(parameter);
    switch (v.kind) {
        case FieldKind::text:
        case FieldKind::choice: return s.bind(parameter, std::string_view(v.text));
        case FieldKind::date: return s.bind(parameter, std::string_view(v.text));
        default: return s.bind(parameter, v.number);
    }
}

}  // namespace tessera

namespace tessera::reports {

const ReportDescription& report_named(const Kernel& kernel, std::string_view name) {
    if (const auto* r = kernel.find_report(name)) return *r;
    throw Refused("kernel.no_report", "To run a report, name one that exists; \"{}\" does not (tessera report lists them).", excerpt(name)).with_status(404);
}

std::vector<std::string> parameter_names(std::string_view sql) {
    std::vector<std::string> names;
    bool                     quoted = false;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') quoted = !quoted;
        if (quoted || sql[i] != ':' || i + 1 >= sql.size() || !(std::isalpha(static_cast<unsigned char>(sql[i + 1])))) continue;
        std::size_t end = i + 1;
        while (end < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[end])) || sql[end] == '_')) ++end;
        std::string name(sql.substr(i + 1, end - i - 1));
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
        i = end - 1;
    }
    return names;
}

namespace report_run {

std::int64_t look_up(const Snapshot& tx, const ParameterDescription& p, std::string_view text) {
    const auto& e = *tx.kernel().find_entity(p.references);
    if (const auto id = metadata::record_called(tx, e, text)) return *id;
    if (const auto id = metadata::record_with_id(tx, e, text)) return *id;
    throw Refused("kernel.unknown_reference", "To choose the {}, name an existing {}; \"{}\" is none.", lower_ascii(p.label), lower_ascii(e.title), excerpt(text))
        .with_status(422)
        .with_field(p.name);
}

void check_value(const Snapshot& tx, const ParameterDescription& p, Parameters::Value& v) {
    const auto in = InputValue::of_text(v.text);
    switch (p.kind) {
        case FieldKind::date: v.text = field::date_from(in).str(); break;
        case FieldKind::instant: v.number = field::instant_from(in).microseconds(); break;
        case FieldKind::integer: v.number = field::integer_from(in); break;
        case FieldKind::boolean: v.number = field::boolean_from(in); break;
        case FieldKind::money: v.number = field::decimal_from(in, tx.books().currency.decimals()); break;
        case FieldKind::quantity:
        case FieldKind::price:
        case FieldKind::percent: v.number = field::decimal_from(in, 6); break;
        case FieldKind::rate: v.number = field::decimal_from(in, 10); break;
        case FieldKind::reference: v.number = look_up(tx, p, v.text); break;
        case FieldKind::choice:
            if (std::ranges::find(p.choices, v.text) == p.choices.end()) {
                std::string all;
                for (auto c : p.choices) all += (all.empty() ? "" : ", ") + std::string(c);
                throw Refused("kernel.unknown_choice", "To choose the {}, use one of {}.", lower_ascii(p.label), all).with_status(422);
            }
            break;
        case FieldKind::text: v.text = field::text_from(in); break;
    }
}

std::string_view text_given(const ParameterTexts& texts, std::string_view name) {
    std::string_view given;
    for (const auto& [other, text] : texts)
        if (other == name) given = text;
    return given;
}

std::string default_of(const Snapshot& tx, const ParameterDescription& p) {
    if (p.default_value == "today") return tx.today().str();
    if (p.default_value == "year_start") return Date(tx.today().year(), 1, 1).str();
    return p.default_value;
}

void run_query(const Snapshot& tx, const ReportDescription& r, const Parameters& parameters, const std::function<void(std::vector<Cell>&)>& out) {
    sql::Use use(tx, r.query);
    int      i = 0;
    for (const auto& name : parameter_names(r.query)) {
        ++i;
        if (name == "company") use->bind(i, tx.company());
        else parameters.bind(name, *use, i);
    }
    use.expect_parameters(i, r.query);
    use.expect_columns(static_cast<int>(r.columns.size()), r.query);
    std::vector<Cell> cells;
    while (use->step()) {
        r.read_row(*use, tx.books(), cells);
        out(cells);
    }
}

class Totals {
public:
    explicit Totals(const std::vector<ReportColumn>& columns) : columns_(columns), sums_(columns.size()), mixed_(columns.size()) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            any_ |= columns[i].total;
            if (columns[i].name == "currency") currency_ = i;
        }
    }
    void add(const std::vector<Cell>& row) {
        if (!any_) return;
        if (currency_ && !one_currency(row[*currency_]))
            for (std::size_t i = *currency_; i < columns_.size(); ++i) mixed_[i] = columns_[i].type == CellType::money || mixed_[i];
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (!columns_[i].total) continue;
            if (const auto* d = std::get_if<Decimal>(&row[i])) {
                auto& sum = sums_[i];
                if (!std::holds_alternative<Decimal>(sum)) sum = Decimal{0, d->decimals, d->minimum_decimals};
                auto& s = std::get<Decimal>(sum);
                if (s.decimals != d->decimals) mixed_[i] = true;
                else s.units = checked_add(s.units, d->units);
            } else if (const auto* n = std::get_if<std::int64_t>(&row[i])) {
                if (!std::holds_alternative<std::int64_t>(sums_[i])) sums_[i] = std::int64_t{0};
                sums_[i] = checked_add(std::get<std::int64_t>(sums_[i]), *n);
            }
        }
    }
    std::vector<Cell> take(const Books& books) {
        if (!any_) return {};
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (mixed_[i]) sums_[i] = Cell{};
            else if (columns_[i].total && std::holds_alternative<std::monostate>(sums_[i])) {
                const auto d = static_cast<std::uint8_t>(books.currency.decimals());
                sums_[i]     = columns_[i].type == CellType::integer ? Cell{std::int64_t{0}} : columns_[i].type == CellType::money ? Cell{Decimal{0, d, d}} : Cell{Decimal{0, 6, 0}};
            }
        return sums_;
    }

private:
    bool one_currency(const Cell& currency) {
        if (!first_currency_) first_currency_ = currency;
        return *first_currency_ == currency;
    }

    const std::vector<ReportColumn>& columns_;
    std::vector<Cell>                sums_;
    std::vector<bool>                mixed_;      // amounts of several currencies have no sum
    std::optional<std::size_t>       currency_{};
    std::optional<Cell>              first_currency_{};
    bool                             any_ = false;
};

}  // namespace report_run

Parameters read_parameters(const Snapshot& tx, const ReportDescription& r, const ParameterTexts& texts) {
    for (const auto& [name, text] : texts)
        if (std::ranges::none_of(r.parameters, [&, &name = name](const auto& p) { return p.name == name; })) {
            std::string all;
            for (const auto& p : r.parameters) all += (all.empty() ? "" : ", ") + p.name;
            throw Refused("kernel.unknown_parameter", "To run {}, use the parameters it has ({}); \"{}\" is none of them.", r.name, all.empty() ? "none" : all, excerpt(name))
                .with_status(422)
                .with_field(name);
        }
    Parameters result;
    for (const auto& p : r.parameters) {
        Parameters::Value v{p.name, p.kind, false, {}, 0};
        const bool        yields = !p.yields_to.empty() && !report_run::text_given(texts, p.yields_to).empty();
        if (!yields) v.text = report_run::text_given(texts, p.name);
        if (!yields && v.text.empty()) v.text = report_run::default_of(tx, p);
        v.given = !v.text.empty();
        if (!v.given && p.required)
            throw Refused("kernel.required", "To run {}, give {}.", r.name, p.name).with_status(422).with_field(p.name);
        if (v.given) try {
                report_run::check_value(tx, p, v);
            } catch (Refused& refused) {
                if (!refused.field().empty()) throw;
                throw Refused(Refused::Plain{}, refused.code(), p.name + ": " + refused.sentence()).with_status(422).with_field(p.name);
            }
        result.values.push_back(std::move(v));
    }
    return result;
}

void run(const Snapshot& tx, const ReportDescription& r, const ParameterTexts& texts, std::string_view company, ReportSink& sink) {
    workflow::require_permission(tx.user(), r.permission, "see " + r.title);
    const auto   parameters = read_parameters(tx, r, texts);
    ReportResult heading;
    heading.report  = r.name;
    heading.title   = r.title;
    heading.company = std::string(company);
    heading.columns = r.columns;
    heading.made_at = tx.now();
    for (std::size_t i = 0; i < r.parameters.size(); ++i) {
        const auto& p = r.parameters[i];
        const auto& v = parameters.values[i];
        heading.parameters.push_back({p.name, p.label, v.given && p.kind == FieldKind::reference ? tx.label_of(p.references, v.number) : v.text});
    }
    sink.begin(heading);
    report_run::Totals totals(r.columns);
    const auto         out = [&](std::vector<Cell>& cells) {
        totals.add(cells);
        try {
            sink.row(cells);
        } catch (...) {      // who reads the report has gone away, or wants no more of it
            containment::Meter::excuse();
            throw;
        }
    };
    if (r.run) {
        r.run(tx, parameters, out);
    } else {
        auto*                                   meter = tx.kernel().find_meter(r.module);
        std::optional<containment::Meter::Call> measured;
        if (meter) measured.emplace(*meter);
        report_run::run_query(tx, r, parameters, out);
    }
    sink.end(totals.take(tx.books()));
}

}  // namespace tessera::reports
