#include "metadata/openapi_schemas.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::metadata::openapi_schemas {

namespace {

const char* component_of(FieldKind kind, bool sent) {
    switch (kind) {
        case FieldKind::money:
        case FieldKind::quantity:
        case FieldKind::price:
        case FieldKind::rate:
        case FieldKind::percent:
            return "Decimal";
        case FieldKind::date:
            return "Day";
        case FieldKind::instant:
            return "Instant";
        case FieldKind::reference:
            return sent ? "ReferenceInput" : "Reference";
        default:
            return nullptr;
    }
}

void write_type(JsonWriter& json, const char* type, bool nullable) {
    if (!nullable) return json.member("type", type);
    json.key("type").begin_array();
    json.value(type);
    json.value("null");
    json.end_array();
}

void write_choice(JsonWriter& json, const std::vector<std::string_view>& choices, bool nullable) {
    write_type(json, "string", nullable);
    json.key("enum").begin_array();
    for (auto choice : choices) json.value(choice);
    if (nullable) json.null();
    json.end_array();
}

void write_component(JsonWriter& json, const char* component, bool nullable) {
    if (!nullable) return reference(json, "schemas", component);
    json.key("anyOf").begin_array();
    json.begin_object();
    reference(json, "schemas", component);
    json.end_object();
    json.begin_object();
    json.member("type", "null");
    json.end_object();
    json.end_array();
}

std::string description_of(const FieldDescription& f) {
    auto text = f.label;
    if (f.kind == FieldKind::reference) text += ": " + f.references;
    if (!f.help.empty()) text += ". " + f.help;
    return text;
}

void write_property(JsonWriter& json, const FieldDescription& f, bool sent) {
    json.key(f.name);
    write_value(json, f.kind, f.choices, f.nullable && !(sent && f.required), sent, description_of(f));
}

void write_lines(JsonWriter& json, const LinesDescription& l, bool sent) {
    json.key(l.name).begin_object();
    json.member("type", "array");
    json.member("description", sent ? l.label +
                                          ": the whole list; those with an id are kept or changed, those without are "
                                          "new, missing ones are deleted"
                                    : l.label);
    json.key("items").begin_object();
    reference(json, "schemas", l.entity->name + (sent ? input_suffix : ""));
    json.end_object();
    json.end_object();
}

void write_identity(JsonWriter& json, const char* name, const char* description) {
    json.key(name).begin_object();
    json.member("type", "integer");
    json.member("format", "int64");
    json.member("description", description);
    json.end_object();
}

void write_read_schema(JsonWriter& json, const EntityDescription& e) {
    json.key(e.name).begin_object();
    json.member("title", e.title);
    if (!e.help.empty()) json.member("description", e.help);
    json.member("type", "object");
    json.key("required").begin_array();
    json.value("id");
    json.end_array();
    json.key("properties").begin_object();
    write_identity(json, "id", "Given by the system, never changed, never given again");
    write_identity(json, "version", "Counts the changes of the record; absent in the lines of a document");
    for (const auto& f : e.fields) write_property(json, f, false);
    for (const auto& l : e.lines) write_lines(json, l, false);
    json.end_object();
    json.end_object();
}

void write_input_schema(JsonWriter& json, const EntityDescription& e) {
    json.key(e.name + input_suffix).begin_object();
    json.member("title", e.title + ", as sent");
    json.member("type", "object");
    json.key("properties").begin_object();
    if (!e.parent_field.empty()) write_identity(json, "id", "Of a line that is kept or changed; absent for a new one");
    for (const auto& f : e.fields)
        if (!f.read_only) write_property(json, f, true);
    for (const auto& l : e.lines) write_lines(json, l, true);
    json.end_object();
    json.end_object();
}

// What does not depend on the modules.
constexpr const char* fixed = R"json(
"Decimal":{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]+)?$","description":"An exact decimal","examples":["12.50"]},
"Day":{"type":"string","format":"date","examples":["2026-01-31"]},
"Instant":{"type":"string","format":"date-time","examples":["2026-01-31T10:15:30.123456Z"]},
"Reference":{"type":"object","description":"Another record, with the text people know it by","required":["id","label"],
  "properties":{"id":{"type":"integer","format":"int64"},"label":{"type":"string"}}},
"ReferenceInput":{"description":"Another record: its id, an object with its id, or the text people know it by",
  "anyOf":[{"type":"integer","format":"int64"},{"type":"string"},{"type":"object","required":["id"],"properties":{"id":{"type":"integer","format":"int64"}}}]},
"Problem":{"type":"object","description":"Why a request was refused, after RFC 9457","required":["type","title","status","code","detail"],
  "properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},
    "code":{"type":"string","description":"Stable: module and fact","examples":["kernel.not_found"]},
    "detail":{"type":"string","description":"One sentence that says what to do"},
    "field":{"type":"string","description":"The input it is about","examples":["lines[0].quantity"]}}},
"History":{"type":"object","required":["entries"],"properties":{"entries":{"type":"array","description":"Newest first","items":{"type":"object",
  "properties":{"id":{"type":"integer","format":"int64"},"at":{"$ref":"#/components/schemas/Instant"},"user":{"type":"string"},
    "via":{"type":"string","description":"What proved who it was","examples":["session 12","token 3","command line"]},"request":{"type":"string","description":"The id of the request"},
    "command":{"type":"string"},"reason":{"type":"string"},"changes":{"type":"array","items":{"type":"object",
      "properties":{"field":{"type":"string"},"before":{"description":"The value before"},"after":{"description":"The value after"}}}}}}}}},
"AuditTrail":{"type":"object","required":["rows","total"],"properties":{"total":{"type":"integer","description":"Entries that match, on all pages"},
  "rows":{"type":"array","description":"Newest first","items":{"type":"object","required":["id","at","by","command","entity","record","label","reason","changes"],
  "properties":{"id":{"type":"integer","format":"int64"},"at":{"$ref":"#/components/schemas/Instant"},"by":{"type":"string"},"via":{"type":"string"},"request":{"type":"string"},
    "command":{"type":"string"},"entity":{"type":["string","null"],"description":"Of the record it was first about; null where nothing was changed"},
    "record":{"type":["integer","null"],"format":"int64"},"label":{"type":["string","null"]},"reason":{"type":"string"},
    "changes":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"before":{"description":"The value before"},"after":{"description":"The value after"}}}}}}}}},
"Erasure":{"type":"object","required":["erased","values","kept"],"properties":{
  "erased":{"type":"array","items":{"type":"object","properties":{"entity":{"type":"string"},"record":{"type":"integer","format":"int64"},"fields":{"type":"array","items":{"type":"string"}}}}},
  "values":{"type":"integer","description":"Taken out of the audit trail"},
  "kept":{"type":"array","items":{"type":"object","properties":{"what":{"type":"string"},"why":{"type":"string"}}}}}},
"Attachment":{"type":"object","required":["id","name","media_type","size","sha256","added_at","added_by"],"properties":{
  "id":{"type":"integer","format":"int64"},"name":{"type":"string"},"media_type":{"type":"string"},"size":{"type":"integer","format":"int64","description":"In bytes"},
  "sha256":{"type":"string"},"added_at":{"$ref":"#/components/schemas/Instant"},"added_by":{"type":"string","description":"The user"}}},
"Links":{"type":"object","required":["links"],"properties":{"links":{"type":"array","items":{"type":"object","required":["entity","id","label","title"],
  "properties":{"entity":{"type":"string"},"id":{"type":"integer","format":"int64"},"label":{"type":"string"},"title":{"type":"string"}}}}}},
"ImportOutcome":{"type":"object","required":["created","updated"],"properties":{"created":{"type":"integer"},"updated":{"type":"integer"}}},
"ReportResult":{"type":"object","required":["report","title","columns","rows"],"properties":{"report":{"type":"string"},"title":{"type":"string"},
  "company":{"type":"string"},"parameters":{"type":"object","additionalProperties":true,"description":"Those the report was run with"},
  "columns":{"type":"array","items":{"type":"object","required":["name","label","type"],"properties":{"name":{"type":"string"},"label":{"type":"string"},
    "type":{"type":"string","enum":["text","integer","money","quantity","price","rate","percent","date","instant","flag"]},
    "total":{"type":"boolean"},"hidden":{"type":"boolean"},"help":{"type":"string"},
    "drill_down":{"type":["object","null"],"additionalProperties":true,"description":"The report or the record behind the figure"}}}},
  "rows":{"type":"array","items":{"type":"object","additionalProperties":true,"description":"One member for each column"}},
  "totals":{"type":"object","additionalProperties":true},"made_at":{"$ref":"#/components/schemas/Instant"},
  "as_of":{"$ref":"#/components/schemas/Instant"},"seconds_behind":{"type":"integer","description":"Like as_of, of what was read from the replica"}}})json";

}  // namespace

bool has_input(const EntityDescription& e) {
    return !e.lines.empty() || std::ranges::any_of(e.fields, [](const auto& f) { return !f.read_only; });
}

void write_value(JsonWriter& json, FieldKind kind, const std::vector<std::string_view>& choices, bool nullable,
                 bool sent, std::string_view description) {
    json.begin_object();
    if (kind == FieldKind::choice)
        write_choice(json, choices, nullable);
    else if (const auto* component = component_of(kind, sent))
        write_component(json, component, nullable);
    else
        write_type(json,
                   kind == FieldKind::integer   ? "integer"
                   : kind == FieldKind::boolean ? "boolean"
                                                : "string",
                   nullable);
    if (!description.empty()) json.member("description", description);
    json.end_object();
}

void write_input(JsonWriter& json, const std::vector<FieldDescription>& fields) {
    json.begin_object();
    json.member("type", "object");
    if (std::ranges::any_of(fields, [](const auto& f) { return f.required; })) {
        json.key("required").begin_array();
        for (const auto& f : fields)
            if (f.required) json.value(f.name);
        json.end_array();
    }
    json.key("properties").begin_object();
    for (const auto& f : fields) write_property(json, f, true);
    json.end_object();
    json.end_object();
}

void write_all(JsonWriter& json, const Kernel& kernel) {
    json.raw(std::string_view(fixed).substr(1));
    for (const auto* e : kernel.entities()) {
        write_read_schema(json, *e);
        const auto& sent = e->parent_field.empty() ? *e : *kernel.find_entity(e->find(e->parent_field)->references);      // a line with its document
        if ((sent.creatable || sent.editable) && has_input(sent)) write_input_schema(json, *e);
    }
}

}  // namespace tessera::metadata::openapi_schemas
