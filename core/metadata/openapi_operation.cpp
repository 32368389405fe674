#include "metadata/openapi_operation.h"

#include <tessera/text.h>

#include "metadata/openapi_schemas.h"

namespace tessera::metadata::openapi_document {

struct Failure {
    int         status;
    const char* name;
    const char* description;
};
constexpr Failure failures[] = {
    {400, "Malformed", "The request is malformed, or names a field, an operation or a parameter that does not exist"},
    {403, "NotPermitted", "The user may not do this"},
    {404, "NotFound", "There is no such record"},
    {409, "Refused", "A rule of the business refuses this"},
    {412, "Stale", "The record has been changed since the version given in If-Match"},
    {415, "UnsupportedMediaType", "The body is of another type than this takes"},
    {422, "Invalid", "A field of the request is invalid"},
    {503, "Busy", "The database cannot be reached, or too much is asked for at the same time; try again after Retry-After seconds"},
};

void OperationWriter::begin_operation(std::string_view method, const std::string& id, std::string_view tag,
                                      const std::string& summary, std::string_view description) {
    json_.key(method).begin_object();
    json_.member("operationId", id);
    json_.key("tags").begin_array();
    json_.value(tag);
    json_.end_array();
    json_.member("summary", summary);
    if (!description.empty()) json_.member("description", description);
}

void OperationWriter::end_operation() {
    json_.end_object();  // responses
    json_.end_object();
}

void OperationWriter::begin_body(bool required) {
    json_.key("requestBody").begin_object();
    json_.member("required", required);
    json_.key("content").begin_object();
    json_.key("application/json").begin_object();
    json_.key("schema").begin_object();
}

void OperationWriter::end_body() {
    for (int i = 0; i < 4; ++i) json_.end_object();
}

void OperationWriter::write_reading_headers() {
    json_.key("headers").raw(
        R"({"Tessera-Source":{"$ref":"#/components/headers/source"},"Tessera-As-Of":{"$ref":"#/components/headers/as_of"},)"
        R"("Tessera-Behind":{"$ref":"#/components/headers/behind"}})");
}

void OperationWriter::begin_json_response(int status, std::string_view description, Place place) {
    json_.key(std::to_string(status)).begin_object();
    json_.member("description", description);
    if (place == Place::any) write_reading_headers();
    json_.key("content").begin_object();
    json_.key("application/json").begin_object();
    json_.key("schema");
}

void OperationWriter::end_json_response() {
    for (int i = 0; i < 3; ++i) json_.end_object();
}

void OperationWriter::write_record_response(int status, const EntityDescription& e, bool created) {
    json_.key(std::to_string(status)).begin_object();
    json_.member("description", "The " + lower_ascii(e.title) + ", with its lines when it has any");
    json_.key("headers").begin_object();
    json_.key("ETag").raw(R"({"description":"Its version, in quotes","schema":{"type":"string"}})");
    if (created) json_.key("Location").raw(R"({"description":"Where it is read","schema":{"type":"string"}})");
    json_.end_object();
    json_.key("content").begin_object();
    json_.key("application/json").begin_object();
    json_.key("schema");
    write_reference("schemas", e.name);
    end_json_response();
}

void OperationWriter::write_failures(std::initializer_list<int> statuses) {
    for (const int status : statuses)
        for (const auto& f : failures)
            if (f.status == status) {
                json_.key(std::to_string(status));
                write_reference("responses", f.name);
            }
}

void OperationWriter::write_reference(std::string_view kind, const std::string& name) {
    json_.begin_object();
    openapi_schemas::reference(json_, kind, name);
    json_.end_object();
}

void OperationWriter::write_failure_components() {
    for (const auto& f : failures) {
        json_.key(f.name).begin_object();
        json_.member("description", f.description);
        json_.key("content").raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})");
        json_.end_object();
    }
}

}  // namespace tessera::metadata::openapi_document
