#include "imports/import_summary.h"

#include <tessera/text.h>

#include "database/engine.h"

namespace tessera::imports {

namespace import_summary {

CellType cell_type(SummaryKind kind) {
    switch (kind) {
        case SummaryKind::text:
            return CellType::text;
        case SummaryKind::integer:
            return CellType::integer;
        case SummaryKind::money:
            return CellType::money;
        case SummaryKind::quantity:
            return CellType::quantity;
    }
    return CellType::text;
}

Cell cell_of(Statement& s, int column, SummaryKind kind, const Books& books) {
    if (s.is_null(column)) return {};
    const auto decimals = static_cast<std::uint8_t>(books.currency.decimals());
    switch (kind) {
        case SummaryKind::text:
            return std::string(s.text(column));
        case SummaryKind::integer:
            return s.integer(column);
        case SummaryKind::money:
            return Decimal{s.integer(column), decimals, decimals};
        case SummaryKind::quantity:
            return Decimal{s.integer(column), 6, 0};
    }
    return {};
}

void ask(const Snapshot& tx, const Summary& summary, ReportResult& result) {
    sql::Use use(tx, summary.sql);
    const int columns = static_cast<int>(summary.kinds.size());
    use.expect_columns(columns, summary.sql);
    for (int i = 0; i < columns; ++i) {
        const auto name = std::string(use->column_name(i));
        result.columns.push_back(
            {.name = name, .label = humanise(name), .type = cell_type(summary.kinds[static_cast<std::size_t>(i)])});
    }
    while (use->step()) {
        auto& row = result.rows.emplace_back();
        for (int i = 0; i < columns; ++i)
            row.push_back(cell_of(*use, i, summary.kinds[static_cast<std::size_t>(i)], tx.books()));
    }
}

}  // namespace import_summary

ReportResult summarise(Suite& suite, const Actor& actor, const ImportProfile& profile, const Summary& summary) {
    ReportResult result{.report = profile.name, .title = summary.title, .company = suite.company_name()};
    result.made_at = Instant::now();
    try {
        suite.read(actor, [&](const Snapshot& tx) { import_summary::ask(tx, summary, result); });
    } catch (const Refused&) {
        throw;
    } catch (const std::exception& failure) {
        throw malformed_profile(profile.source, summary.source_line, excerpt(failure.what(), 200));
    }
    return result;
}

}  // namespace tessera::imports
