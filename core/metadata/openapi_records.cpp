#include "metadata/openapi_records.h"

#include <tessera/text.h>

#include "audit/erasure.h"
#include "metadata/list_condition.h"
#include "metadata/openapi_operation.h"
#include "metadata/openapi_schemas.h"

#include <algorithm>

namespace tessera::metadata::openapi_document {

using openapi_schemas::reference;

class RecordPaths : OperationWriter {
public:
    RecordPaths(const Kernel& kernel, JsonWriter& json) : OperationWriter(json), kernel_(kernel) {}

    void write_entity(const EntityDescription& e) {
        const bool document  = e.parent_field.empty();
        const bool creatable = document && e.creatable, editable = document && e.editable;
        const bool sendable = openapi_schemas::has_input(e);
        const auto path     = "/api/" + e.path;
        const auto one      = path + "/{id}";

        json_.key(path).begin_object();
        write_list(e);
        if (creatable && sendable) write_create(e);
        json_.end_object();

        json_.key(one).begin_object();
        write_id_parameter();
        write_get(e);
        if (editable && sendable) write_change(e);
        if (document && e.deletable) write_delete(e);
        json_.end_object();

        for (const auto& t : e.workflow.transitions) write_transition(e, t, one);
        if (audit::has_personal_fields(e) && !e.workflow.find("erase")) write_erasure(e, one);
        if (document) write_attachments(e, one + "/attachments");
        write_reading(e, one + "/history", "history", "Who changed this {} when, and what", "History");
        write_reading(e, one + "/related", "related", "The records this {} refers to, and those that refer to it",
                      "Links");
        for (const auto* view : kernel_.record_views_of(e.name)) write_view(e, *view, one);
        for (const auto* file : kernel_.record_files_of(e.name)) write_file(e, *file, one + "/files/" + file->name);
        if ((creatable || editable) && sendable) write_import(e, path);
        write_export(e, path);
    }

private:
    void write_id_parameter() {
        json_.key("parameters").begin_array();
        write_parameter_reference("id");
        json_.end_array();
    }

    void write_list(const EntityDescription& e) {
        begin_operation("get", e.name + ".list", e.module, "List " + lower_ascii(e.plural), e.help);
        json_.key("parameters").begin_array();
        write_list_parameters(e, true);
        json_.end_array();
        json_.key("responses").begin_object();
        begin_json_response(200, "One page of the list; its rows carry no lines", Place::any);
        write_page_schema(e);
        end_json_response();
        write_failures({400, 422, 503});
        end_operation();
    }
    void write_page_schema(const EntityDescription& e) {
        json_.begin_object();
        json_.member("type", "object");
        json_.key("anyOf").raw(R"([{"required":["rows","limit","offset"]},{"required":["counts","total"]}])");
        json_.key("properties").begin_object();
        json_.key("counts").raw(R"({"type":"array","description":"In place of rows, when count_by is given","items":{"type":"object","required":["value","count"],"properties":{"value":{"type":["string","boolean"]},"count":{"type":"integer","format":"int64"}}}})");
        json_.key("rows").begin_object();
        json_.member("type", "array");
        json_.key("items");
        write_reference("schemas", e.name);
        json_.end_object();
        json_.key("total").raw(R"({"type":"integer","format":"int64"})");
        json_.key("limit").raw(R"({"type":"integer"})");
        json_.key("offset").raw(R"({"type":"integer","format":"int64"})");
        json_.end_object();
        json_.end_object();
    }
    void write_list_parameters(const EntityDescription& e, bool page) {
        for (const auto* name : {"search", "sort"}) write_parameter_reference(name);
        if (page)
            for (const auto* name : {"limit", "offset", "fields", "count", "count_by"}) write_parameter_reference(name);
        for (const auto& f : e.fields)
            for (const auto operation : filter_operations(f, kernel_)) write_filter(f, operation);
        write_parameter_reference("change_seen");
    }
    void write_filter(const FieldDescription& f, std::string_view operation) {
        static const std::map<std::string_view, const char*> meanings = {
            {"eq", "equals"},
            {"not", "is not"},
            {"gt", "is greater than"},
            {"gte", "is at least"},
            {"lt", "is less than"},
            {"lte", "is at most"},
            {"in", "is one of these, separated by commas"},
            {"contains", "contains, large or small letters alike"},
            {"is", "is empty or not"}};
        json_.begin_object();
        json_.member("name", operation == "eq" ? f.name : f.name + "." + std::string(operation));
        json_.member("in", "query");
        json_.member("description", f.label + " " + meanings.at(operation));
        json_.key("schema");
        if (operation == "is")
            json_.raw(R"({"type":"string","enum":["null","not_null"]})");
        else if (operation == "in" || operation == "contains" || f.kind == FieldKind::reference)
            json_.raw(R"({"type":"string"})");
        else
            openapi_schemas::write_value(json_, f.kind, f.choices, false, true, {});
        json_.end_object();
    }

    void write_create(const EntityDescription& e) {
        begin_operation("post", e.name + ".create", e.module, "Create a " + lower_ascii(e.title), {});
        json_.key("parameters").begin_array();
        write_parameter_reference("idempotency_key");
        if (!e.workflow.transitions.empty()) write_transition_parameter(e);
        json_.end_array();
        begin_body(true);
        json_.key("allOf").begin_array();
        write_reference("schemas", e.name + openapi_schemas::input_suffix);
        json_.begin_object();
        write_required(e);
        json_.key("properties").begin_object();
        if (!e.workflow.transitions.empty())
            json_.key("transition_input")
                .raw(
                    R"({"type":"object","additionalProperties":true,"description":"What the transition named by the parameter takes"})");
        json_.end_object();
        json_.end_object();
        json_.end_array();
        end_body();
        json_.key("responses").begin_object();
        write_record_response(201, e, true);
        write_failures({400, 403, 409, 415, 422, 503});
        end_operation();
    }
    void write_transition_parameter(const EntityDescription& e) {
        json_.begin_object();
        json_.member("name", "transition");
        json_.member("in", "query");
        json_.member("description", "Runs this transition right after, in the same transaction");
        json_.key("schema").begin_object();
        json_.member("type", "string");
        json_.key("enum").begin_array();
        for (const auto& t : e.workflow.transitions) json_.value(t.name);
        json_.end_array();
        json_.end_object();
        json_.end_object();
    }
    void write_required(const EntityDescription& e) {
        json_.member("type", "object");
        const auto needed = [](const FieldDescription& f) {
            return f.required && !f.read_only && f.default_value.empty();
        };
        if (std::ranges::none_of(e.fields, needed)) return;
        json_.key("required").begin_array();
        for (const auto& f : e.fields)
            if (needed(f)) json_.value(f.name);
        json_.end_array();
    }

    void write_get(const EntityDescription& e) {
        begin_operation("get", e.name + ".get", e.module, "Read one " + lower_ascii(e.title), {});
        json_.key("parameters").begin_array();
        write_parameter_reference("if_none_match");
        json_.end_array();
        json_.key("responses").begin_object();
        write_record_response(200, e, false);
        json_.key("304").raw(R"({"description":"The version given in If-None-Match is still current"})");
        write_failures({404, 503});
        end_operation();
    }
    void write_change(const EntityDescription& e) {
        begin_operation("patch", e.name + ".change", e.module, "Change a " + lower_ascii(e.title),
                        "Only the fields that are sent are changed.");
        json_.key("parameters").begin_array();
        write_parameter_reference("if_match");
        json_.end_array();
        begin_body(true);
        reference(json_, "schemas", e.name + openapi_schemas::input_suffix);
        end_body();
        json_.key("responses").begin_object();
        write_record_response(200, e, false);
        write_failures({400, 403, 404, 409, 412, 415, 422, 503});
        end_operation();
    }
    void write_delete(const EntityDescription& e) {
        begin_operation("delete", e.name + ".delete", e.module, "Delete a " + lower_ascii(e.title), {});
        json_.key("parameters").begin_array();
        write_parameter_reference("if_match");
        json_.end_array();
        json_.key("responses").begin_object();
        json_.key("204").raw(R"({"description":"It is deleted"})");
        write_failures({403, 404, 409, 412, 503});
        end_operation();
    }
    void write_erasure(const EntityDescription& e, const std::string& one) {
        json_.key(one + "/erase").begin_object();
        write_id_parameter();
        begin_operation("post", e.name + ".erase", e.module, "Erase what is personal in this " + lower_ascii(e.title),
                        "Needs access.erase. Blanks the personal fields, also in what belongs to the record, and takes their values out of the audit trail.");
        begin_body(true);
        json_.raw(R"("type":"object","required":["reason"],"properties":{"reason":{"type":"string","description":"Stays in the audit trail"}})");
        end_body();
        json_.key("responses").begin_object();
        begin_json_response(200, "What was erased, and what was kept and why");
        write_reference("schemas", "Erasure");
        end_json_response();
        write_failures({400, 403, 404, 409, 415, 422, 503});
        end_operation();
        json_.end_object();
    }

    void write_attachments(const EntityDescription& e, const std::string& path) {
        const auto title = lower_ascii(e.title);
        json_.key(path).begin_object();
        write_id_parameter();
        begin_operation("get", e.name + ".attachments", e.module, fmt::format("The files that belong to this {}", title), {});
        json_.key("responses").begin_object();
        begin_json_response(200, "The oldest first");
        json_.raw(R"({"type":"object","required":["rows"],"properties":{"rows":{"type":"array","items":{"$ref":"#/components/schemas/Attachment"}}}})");
        end_json_response();
        write_failures({404});
        end_operation();
        begin_operation("post", e.name + ".attach", e.module, fmt::format("Add a file to this {}", title), "The body is the file, at most 32 MiB.");
        json_.key("parameters").begin_array();
        write_parameter_reference("idempotency_key");
        json_.raw(R"({"name":"name","in":"query","required":true,"description":"What the file is called","schema":{"type":"string","maxLength":200}})");
        json_.end_array();
        json_.key("requestBody").raw(R"({"required":true,"content":{"*/*":{"schema":{"type":"string","format":"binary"}}}})");
        json_.key("responses").begin_object();
        begin_json_response(201, "What was added");
        write_reference("schemas", "Attachment");
        end_json_response();
        write_failures({403, 404, 409, 413, 422, 503});
        end_operation();
        json_.end_object();

        json_.key(path + "/{attachment}").begin_object();
        json_.key("parameters").begin_array();
        write_parameter_reference("id");
        json_.raw(R"({"name":"attachment","in":"path","required":true,"description":"The number of the attachment","schema":{"type":"integer","format":"int64"}})");
        json_.end_array();
        begin_operation("get", e.name + ".attachment", e.module, "The content of an attachment", {});
        json_.key("responses").begin_object();
        json_.key("200").raw(R"({"description":"The file as it was added","content":{"*/*":{"schema":{"type":"string","format":"binary"}}}})");
        write_failures({404, 503});
        end_operation();
        begin_operation("delete", e.name + ".detach", e.module, "Remove an attachment", fmt::format("Only while the {} itself may be changed.", title));
        json_.key("responses").begin_object();
        json_.key("204").raw(R"({"description":"It is removed"})");
        write_failures({403, 404, 409, 503});
        end_operation();
        json_.end_object();
    }

    void write_transition(const EntityDescription& e, const TransitionDescription& t, const std::string& one) {
        json_.key(one + "/" + t.name).begin_object();
        write_id_parameter();
        begin_operation("post", e.name + ".transition." + t.name, e.module, t.label + ": " + lower_ascii(e.title),
                        t.help);
        json_.key("parameters").begin_array();
        write_parameter_reference("idempotency_key");
        write_parameter_reference("if_match");
        json_.end_array();
        if (!t.input.empty()) {
            json_.key("requestBody").begin_object();
            json_.member("required", std::ranges::any_of(t.input, [](const auto& f) { return f.required; }));
            json_.key("content").begin_object();
            json_.key("application/json").begin_object();
            json_.key("schema");
            openapi_schemas::write_input(json_, t.input);
            json_.end_object();
            json_.end_object();
            json_.end_object();
        }
        json_.key("responses").begin_object();
        write_record_response(200, e, false);
        write_failures({400, 403, 404, 409, 412, 422, 503});
        end_operation();
        json_.end_object();
    }
    void write_reading(const EntityDescription& e, const std::string& path, const std::string& verb,
                       fmt::format_string<const std::string&> summary, const char* schema) {
        const auto title = lower_ascii(e.title);
        json_.key(path).begin_object();
        write_id_parameter();
        begin_operation("get", e.name + "." + verb, e.module, fmt::format(summary, title), {});
        json_.key("responses").begin_object();
        begin_json_response(200, verb == "history" ? "The changes, newest first" : "The related records");
        write_reference("schemas", schema);
        end_json_response();
        write_failures({404});
        end_operation();
        json_.end_object();
    }
    void write_view(const EntityDescription& e, const RecordViewDescription& view, const std::string& one) {
        json_.key(one + "/" + view.name).begin_object();
        write_id_parameter();
        begin_operation("get", e.name + "." + view.name, e.module, view.title, {});
        json_.key("responses").begin_object();
        begin_json_response(200, view.title);
        json_.raw(view.schema);
        end_json_response();
        write_failures({404});
        end_operation();
        json_.end_object();
    }
    void write_file(const EntityDescription& e, const RecordFileDescription& file, const std::string& path) {
        json_.key(path).begin_object();
        write_id_parameter();
        begin_operation("get", e.name + ".files." + file.name, e.module, file.title, {});
        json_.key("responses").begin_object();
        json_.key("200").begin_object();
        json_.member("description", file.title);
        json_.key("content").begin_object();
        json_.key(file.media_type).raw(R"({"schema":{"type":"string","format":"binary"}})");
        json_.end_object();
        json_.end_object();
        write_failures({404, 503});
        end_operation();
        json_.end_object();
    }
    void write_import(const EntityDescription& e, const std::string& path) {
        json_.key(path + "/import").begin_object();
        begin_operation("post", e.name + ".import", e.module, "Import " + lower_ascii(e.plural) + " from CSV",
                        "All or nothing. The first line names fields; columns named after a list and a field "
                        "(lines.quantity) hold its lines, which go on in "
                        "rows whose other cells are empty. A row with an id, or with a unique value that exists, "
                        "changes that record.");
        json_.key("requestBody").raw(R"({"required":true,"content":{"text/csv":{"schema":{"type":"string"}}}})");
        json_.key("responses").begin_object();
        begin_json_response(200, "How many records were created and updated");
        write_reference("schemas", "ImportOutcome");
        end_json_response();
        write_failures({400, 403, 409, 415, 422, 503});
        end_operation();
        json_.end_object();
    }
    void write_export(const EntityDescription& e, const std::string& path) {
        json_.key(path + "/export.csv").begin_object();
        begin_operation("get", e.name + ".export", e.module, "Export " + lower_ascii(e.plural) + " as CSV",
                        "All records that match, with their lines.");
        json_.key("parameters").begin_array();
        write_list_parameters(e, false);
        json_.end_array();
        json_.key("responses").begin_object();
        json_.key("200").begin_object();
        json_.member("description", "The records; importing them again changes nothing");
        write_reading_headers();
        json_.key("content").raw(R"({"text/csv":{"schema":{"type":"string"}}})");
        json_.end_object();
        write_failures({400, 422, 503});
        end_operation();
        json_.end_object();
    }

    const Kernel& kernel_;
};

void write_record_paths(JsonWriter& json, const Kernel& kernel) {
    for (const auto* e : kernel.entities()) RecordPaths(kernel, json).write_entity(*e);
}

}  // namespace tessera::metadata::openapi_document
