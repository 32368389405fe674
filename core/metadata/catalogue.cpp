#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"
#include "metadata/list_condition.h"
#include "metadata/record_views.h"

#include <algorithm>

namespace tessera::metadata {

namespace catalogue_json {

class Writer {
public:
    Writer(const Snapshot& snapshot, std::string& out)
        : snapshot_(snapshot),
          kernel_(snapshot.kernel()),
          json_(out) {}

    void write(std::string_view company_name) {
        json_.begin_object();
        json_.member("title", "Tessera");
        write_company(company_name);
        write_user();
        json_.member("today", snapshot_.today().str());
        list("permissions", kernel_.permissions(), [&](const PermissionDescription& p) {
            if (may(p.name)) write_permission(p);
        });
        list("modules", kernel_.modules(), [&](const ModuleDescription& m) { write_module(m); });
        list("entities", kernel_.entities(), [&](const EntityDescription* e) {
            if (may(e->read_permission)) write_entity(*e);
        });
        list("reports", kernel_.reports(), [&](const ReportDescription* r) {
            if (may(r->permission)) write_report(*r);
        });
        list("pages", kernel_.pages(), [&](const PageDescription& p) {
            const auto* shown = kernel_.find_report(p.report);
            if (may(shown ? shown->permission : p.module + ".read")) write_page(p);
        });
        list("panels", kernel_.panels(), [&](const PanelDescription& p) {
            if (may_see(p.view) && may(kernel_.find_entity(p.entity)->read_permission)) write_slot(p.name, p.title, p.entity, p.view);
        });
        list("cards", kernel_.cards(), [&](const CardDescription& c) {
            if (may_see(c.view)) write_slot(c.name, c.title, {}, c.view);
        });
        json_.end_object();
    }

private:
    bool may(std::string_view permission) const { return snapshot_.user().may(permission); }
    template <class All, class One>
    void list(std::string_view name, const All& all, const One& one) {
        json_.key(name).begin_array();
        for (const auto& element : all) one(element);
        json_.end_array();
    }
    void text_or_null(std::string_view name, std::string_view text) {
        json_.key(name);
        text.empty() ? json_.null() : json_.value(text);
    }
    void texts(std::string_view name, const std::vector<std::string>& all) {
        list(name, all, [&](const std::string& text) { json_.value(text); });
    }

    void write_company(std::string_view name) {
        const auto& currency = snapshot_.books().currency;
        json_.key("company").begin_object();
        json_.member("id", snapshot_.company());
        json_.member("name", name);
        json_.member("currency", currency.code());
        json_.member("decimals", currency.decimals());
        json_.end_object();
    }
    void write_user() {
        json_.key("user").begin_object();
        json_.member("name", snapshot_.user().name);
        list("permissions", kernel_.permissions(), [&](const PermissionDescription& p) {
            if (may(p.name)) json_.value(p.name);
        });
        json_.end_object();
    }
    void write_permission(const PermissionDescription& p) {
        json_.begin_object();
        json_.member("name", p.name);
        json_.member("title", p.title);
        json_.end_object();
    }
    void write_module(const ModuleDescription& m) {
        if (!m.refused.empty()) return;
        json_.begin_object();
        json_.member("name", m.name);
        json_.member("title", m.title);
        json_.member("version", m.version);
        texts("needs", m.needs);
        json_.end_object();
    }

    bool may_attach(const EntityDescription& e) const {
        return may(e.permission) || std::ranges::any_of(e.workflow.transitions, [&](const auto& t) { return !t.permission.empty() && may(t.permission); });
    }

    void write_entity(const EntityDescription& e) {
        const bool document = e.parent_field.empty();  // lines are changed with the document they belong to
        json_.begin_object();
        json_.member("name", e.name);
        json_.member("title", e.title);
        json_.member("plural", e.plural);
        json_.member("module", e.module);
        json_.member("path", e.path);
        text_or_null("help", e.help);
        json_.member("display", e.display.empty() ? std::string_view("id") : std::string_view(e.display));
        json_.member("creatable", e.creatable && document && may(e.permission));
        json_.member("editable", e.editable && document && may(e.permission));
        json_.member("deletable", e.deletable && document && may(e.permission));
        json_.member("attachable", document && may_attach(e));
        json_.member("menu", name_of(e.menu));
        json_.key("fields").begin_array();
        std::string_view currency_field;
        for (const auto& f : e.fields) {
            if (f.is_currency) currency_field = f.name;
            if (access::hides(snapshot_.user(), e, f)) continue;
            write_field(f, access::locks(snapshot_.user(), e, f), currency_field, true, e.menu == Menu::documents && f.kind == FieldKind::date && f.name == "date");
        }
        for (const auto& l : e.lines) write_lines(l);
        json_.end_array();
        list("files", kernel_.record_files_of(e.name), [&](const RecordFileDescription* f) { write_file(*f); });
        json_.key("workflow");
        e.workflow.transitions.empty() ? json_.null() : write_workflow(e);
        json_.end_object();
    }

    void write_file(const RecordFileDescription& f) {
        json_.begin_object();
        json_.member("name", f.name);
        json_.member("title", f.title);
        json_.member("media_type", f.media_type);
        json_.end_object();
    }
    // The day of a document is today unless it is said otherwise.
    void write_field(const FieldDescription& f, bool locked, std::string_view currency_field, bool of_record, bool is_today = false) {
        json_.begin_object();
        json_.member("name", f.name);
        json_.member("label", f.label);
        json_.member("kind", name_of(f.kind));
        text_or_null("entity", f.references);
        json_.member("required", f.required);
        json_.member("read_only", f.read_only || locked);
        if (of_record) {
            json_.member("searchable", f.searchable);
            json_.member("sortable", can_sort(f));
            json_.member("filterable", true);
            json_.member("in_list", f.in_list);
        }
        text_or_null("help", f.help);
        write_default(f.kind, is_today && f.default_value.empty() ? snapshot_.today().str() : f.default_value);
        write_choices(f.choices);
        write_decimals(f.kind);
        json_.member("multiline", f.multiline);
        text_or_null("currency_field", f.kind == FieldKind::money ? currency_field : std::string_view{});
        json_.end_object();
    }
    void write_lines(const LinesDescription& l) {
        json_.begin_object();
        json_.member("name", l.name);
        json_.member("label", l.label);
        json_.member("kind", "lines");
        json_.member("entity", l.entity->name);
        for (const auto* name :
             {"required", "read_only", "searchable", "sortable", "filterable", "in_list", "multiline"})
            json_.member(name, false);
        for (const auto* name : {"help", "default", "choices", "decimals", "currency_field"}) text_or_null(name, {});
        json_.end_object();
    }
    void write_default(FieldKind kind, const std::string& text) {
        json_.key("default");
        if (text.empty()) return json_.null();
        if (kind == FieldKind::integer || kind == FieldKind::boolean) return json_.raw(text);
        json_.value(text);
    }
    void write_choices(const std::vector<std::string_view>& choices) {
        if (choices.empty()) return text_or_null("choices", {});
        list("choices", choices, [&](std::string_view choice) {
            json_.begin_object();
            json_.member("value", choice);
            json_.member("label", humanise(choice));
            json_.end_object();
        });
    }
    void write_decimals(FieldKind kind) {
        json_.key("decimals");
        switch (kind) {
            case FieldKind::money:
                return json_.value(snapshot_.books().currency.decimals());
            case FieldKind::quantity:
                return json_.value(Quantity::decimals);
            case FieldKind::price:
                return json_.value(UnitPrice::decimals);
            case FieldKind::rate:
                return json_.value(Rate::decimals);
            case FieldKind::percent:
                return json_.value(Percent::decimals);
            default:
                return json_.null();
        }
    }

    void write_workflow(const EntityDescription& e) {
        json_.begin_object();
        json_.member("field", e.workflow.field);
        list("states", e.workflow.states, [&](const std::string& state) {
            json_.begin_object();
            json_.member("name", state);
            json_.member("label", humanise(state));
            json_.member("editable",
                         e.editable && (e.editable_states.empty() ||
                                        std::ranges::find(e.editable_states, state) != e.editable_states.end()));
            json_.end_object();
        });
        list("transitions", e.workflow.transitions, [&](const TransitionDescription& t) { write_transition(e, t); });
        json_.end_object();
    }
    void write_transition(const EntityDescription& e, const TransitionDescription& t) {
        json_.begin_object();
        json_.member("name", t.name);
        json_.member("label", t.label);
        texts("from", t.from);
        json_.member("to", t.to);
        const auto& permission = t.permission.empty() ? e.permission : t.permission;
        json_.member("permission", permission);
        json_.member("permitted", may(permission));
        text_or_null("help", t.help);
        json_.member("destructive", t.destructive);
        json_.key("input").begin_array();
        std::string_view currency_field;
        for (const auto& f : t.input) {
            if (f.is_currency) currency_field = f.name;
            write_field(f, false, currency_field, false);
        }
        json_.end_array();
        json_.end_object();
    }

    void write_report(const ReportDescription& r) {
        json_.begin_object();
        json_.member("name", r.name);
        json_.member("title", r.title);
        json_.member("module", r.module);
        json_.member("in_menu", r.in_menu);
        text_or_null("help", r.help);
        list("parameters", r.parameters, [&](const ParameterDescription& p) {
            json_.begin_object();
            json_.member("name", p.name);
            json_.member("label", p.label);
            json_.member("kind", name_of(p.kind));
            json_.member("required", p.required);
            write_default(p.kind, default_of(p));
            text_or_null("help", p.help);
            text_or_null("entity", p.references);
            write_choices(p.choices);
            json_.end_object();
        });
        json_.end_object();
    }
    std::string default_of(const ParameterDescription& p) const {
        if (p.default_value == "today") return snapshot_.today().str();
        if (p.default_value == "year_start") return Date(snapshot_.today().year(), 1, 1).str();
        return p.default_value;
    }
    void write_page(const PageDescription& p) {
        json_.begin_object();
        json_.member("path", p.path);
        json_.member("title", p.title);
        json_.member("report", p.report);
        json_.key("views").begin_array();
        for (const auto& view : p.views)
            if (may_see(view)) write_view(view);
        json_.end_array();
        json_.end_object();
    }

    bool may_see(const View& view) const {
        return may(view.kind == ViewKind::list ? kernel_.find_entity(view.entity)->read_permission : kernel_.find_report(view.report)->permission);
    }
    void write_slot(const std::string& name, const std::string& title, const std::string& entity, const View& view) {
        json_.begin_object();
        json_.member("name", name);
        json_.member("title", title);
        if (!entity.empty()) json_.member("entity", entity);
        json_.key("view");
        write_view(view);
        json_.end_object();
    }
    void write_view(const View& view) {
        static constexpr std::string_view kinds[] = {"report", "chart", "figure", "list"};
        json_.begin_object();
        text_or_null("title", view.title);
        json_.member("kind", kinds[static_cast<std::size_t>(view.kind)]);
        text_or_null("report", view.report);
        text_or_null("entity", view.entity);
        json_.key("parameters").begin_object();
        for (const auto& [parameter, value] : view.parameters) json_.member(parameter, value);
        json_.end_object();
        text_or_null("column", view.column);
        json_.key("chart");
        if (view.kind != ViewKind::chart) json_.null();
        else {
            json_.begin_object();
            json_.member("shape", view.shape == ChartShape::bar ? "bar" : "line");
            json_.member("x", view.x);
            texts("y", view.y);
            json_.end_object();
        }
        json_.end_object();
    }

    const Snapshot& snapshot_;
    const Kernel&   kernel_;
    JsonWriter      json_;
};

}  // namespace catalogue_json

std::string catalogue(const Snapshot& snapshot, std::string_view company_name) {
    std::string out;
    catalogue_json::Writer(snapshot, out).write(company_name);
    return out;
}

}  // namespace tessera::metadata
