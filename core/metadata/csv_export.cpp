#include <tessera/csv.h>
#include <tessera/kernel.h>

#include "access/narrowing.h"
#include "metadata/field_text.h"
#include "metadata/list_condition.h"
#include "metadata/record_views.h"
#include "metadata/row_reader.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace tessera::metadata {

namespace csv_export {

constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t texts_max  = 50'000;

// References as people know them, where that names exactly one record when it is imported again; else as the id.
class ReferenceTexts {
public:
    explicit ReferenceTexts(const Snapshot& snapshot) : snapshot_(snapshot) {}

    const std::string& of(const FieldDescription& f, std::int64_t id) {
        if (known_.size() > texts_max) known_.clear();
        auto [it, fresh] = known_.try_emplace(f.references + "\n" + std::to_string(id));
        if (fresh) it->second = look_up(*snapshot_.kernel().find_entity(f.references), id);
        return it->second;
    }

private:
    std::string look_up(const EntityDescription& target, std::int64_t id) {
        const auto* display = label_field(target);
        if (!display) return std::to_string(id);
        auto label =
            snapshot_.value<std::string>("SELECT " + target.display + " FROM " + target.table + " WHERE id = :id", id)
                .value_or("");
        if (label.empty() || looks_like_another_id(target, label, id) ||
            (!display->unique && given_twice(target).contains(label)))
            return std::to_string(id);
        return label;
    }
    bool looks_like_another_id(const EntityDescription& target, const std::string& label, std::int64_t id) const {
        if (label.size() >= 19 || !std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; }))
            return false;
        const auto other = std::stoll(label);
        return other != id && snapshot_.value<std::int64_t>("SELECT id FROM " + target.table + " WHERE id = :id",
                                                            static_cast<std::int64_t>(other));
    }
    const std::unordered_set<std::string>& given_twice(const EntityDescription& target) {
        auto [it, fresh] = given_twice_.try_emplace(&target);
        if (fresh)
            snapshot_.each<std::string>(
                fmt::format("SELECT {0} FROM {1} WHERE {0} IS NOT NULL GROUP BY {0} HAVING count(*) > 1",
                            target.display, target.table),
                [&labels = it->second](std::string& label) { labels.insert(std::move(label)); });
        return it->second;
    }

    const Snapshot&                                                               snapshot_;
    std::unordered_map<std::string, std::string>                                  known_{};
    std::unordered_map<const EntityDescription*, std::unordered_set<std::string>> given_twice_{};
};

class Writer {
public:
    Writer(const Snapshot& snapshot, const EntityDescription& e, const std::function<void(std::string_view)>& out)
        : reader_(snapshot.user()), entity_(e), texts_(snapshot), out_(out) {
        csv_.text("id");
        for (const auto& f : e.fields)
            if (!access::hides(reader_, e, f)) csv_.text(f.name);
        for (const auto& l : e.lines) {
            csv_.text(l.name + ".id");
            for (const auto& f : l.entity->fields)
                if (f.name != l.entity->parent_field && !access::hides(reader_, *l.entity, f)) csv_.text(l.name + "." + f.name);
        }
        csv_.end_row();
    }

    void write(void* record) {
        std::size_t rows = 1;
        for (const auto& l : entity_.lines) rows = std::max(rows, l.size(record));
        for (std::size_t row = 0; row < rows; ++row) {
            write_cells(entity_, row == 0 ? record : nullptr, {});
            for (const auto& l : entity_.lines)
                write_cells(*l.entity, row < l.size(record) ? l.at(record, row) : nullptr, l.entity->parent_field);
            csv_.end_row();
        }
        if (text_.size() >= chunk_size) flush();
    }
    void flush() {
        if (!text_.empty()) out_(text_);
        text_.clear();
    }

private:
    void write_cells(const EntityDescription& e, void* record, std::string_view left_out) {
        record ? csv_.number(e.id(record)) : csv_.number("");
        for (const auto& f : e.fields) {
            if (f.name == left_out || access::hides(reader_, e, f)) continue;
            record ? write_cell(f, record) : void(csv_.number(""));
        }
    }
    void write_cell(const FieldDescription& f, const void* record) {
        if (f.none(record))
            csv_.number("");
        else if (f.kind == FieldKind::reference)
            csv_.text(texts_.of(f, reference_id(f, record)));
        else if (f.kind == FieldKind::text)
            csv_.text(field_text(f, record));
        else
            csv_.number(field_text(f, record));
    }

    const Actor&                                 reader_;
    const EntityDescription&                     entity_;
    ReferenceTexts                               texts_;
    const std::function<void(std::string_view)>& out_;
    std::string                                  text_{};
    CsvWriter                                    csv_{text_};
};

}  // namespace csv_export

void export_csv(const Snapshot& snapshot, const EntityDescription& e, const ListRequest& request,
                const std::function<void(std::string_view)>& out) {
    std::vector<const FieldDescription*> all;
    for (const auto& f : e.fields)
        if (!access::hides(snapshot.user(), e, f)) all.push_back(&f);
    const ListCondition which(snapshot, e, request);
    RowReader           rows(snapshot, e, all);
    csv_export::Writer  writer(snapshot, e, out);
    const auto text = "SELECT " + rows.columns() + " FROM " + e.table + " t" + which.where() + which.order_by();
    sql::Use   use(snapshot, text);
    which.bind(*use);
    while (use->step()) {
        void* record = rows.read(*use);
        snapshot.load_lines(e.type, record);
        writer.write(record);
    }
    writer.flush();
}

}  // namespace tessera::metadata
