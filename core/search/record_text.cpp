#include "search/record_text.h"

#include "kernel/records.h"
#include "metadata/field_text.h"
#include "search/choices.h"

#include <algorithm>

namespace tessera::search {

namespace record_text {

void add(std::string& text, const std::string& more) {
    if (more.empty()) return;
    if (!text.empty()) text += '\n';
    text += more;
}

void add_fields(RecordText& text, const EntityDescription& e, const void* record, const FieldDescription* title) {
    for (const auto& f : e.fields)
        if (f.searchable && f.kind == FieldKind::text && &f != title) add(f.multiline ? text.body : text.keywords, metadata::field_text(f, record));
}

}  // namespace record_text

bool is_found(const EntityDescription& e) {
    return e.in_search && !e.of_core && e.parent_field.empty() && e.menu != Menu::ledgers &&
           std::ranges::any_of(e.fields, [](const auto& f) { return f.searchable && f.kind == FieldKind::text; });
}

std::optional<RecordText> text_of(const Snapshot& tx, const EntityDescription& e, std::int64_t id) {
    const auto record = e.make();
    if (!records::load(tx, e, id, record.get(), records::Missing::answer)) return {};
    RecordText  text;
    const auto* title = metadata::label_field(e);
    if (title && title->kind == FieldKind::text) text.title = metadata::field_text(*title, record.get());
    record_text::add_fields(text, e, record.get(), title);
    for (const auto& lines : e.lines)
        for (std::size_t i = 0; i < lines.size(record.get()); ++i) record_text::add_fields(text, *lines.entity, lines.at(record.get(), i), nullptr);
    if (const auto* f = e.language.empty() ? nullptr : e.find(e.language))
        if (auto language = metadata::field_text(*f, record.get()); !language.empty()) text.language = std::move(language);
    if (const auto* f = e.standing.empty() ? nullptr : e.find(e.standing); f && f->number) text.standing = f->number(record.get());
    record_text::add(text.keywords, words_leading_to(tx, e.name, id));
    if (text.title.empty()) text.title = tx.label_of(e.name, id);
    return text;
}

}  // namespace tessera::search
