#pragma once
// The parts every operation of the OpenAPI document is made of. Between begin and end stand the parts in this order:
// parameters, body, responses, failures.
//
//     begin_operation("get", "server.health", "server", "Whether the server runs", {});
//     json_.key("responses").begin_object();
//     …
//     write_failures({400});
//     end_operation();                        // closes the responses too

#include <tessera/entity.h>

#include <initializer_list>

namespace tessera::metadata::openapi_document {

class OperationWriter {
protected:
    explicit OperationWriter(JsonWriter& json) : json_(json) {}

    void begin_operation(std::string_view method, const std::string& id, std::string_view tag,
                         const std::string& summary, std::string_view description);
    void end_operation();
    void begin_body(bool required);  // now the members of its schema
    void end_body();
    enum class Place { primary, any };  // any: a replica too
    void begin_json_response(int status, std::string_view description, Place place = Place::primary);  // now its schema
    void end_json_response();
    void write_reading_headers();
    void write_record_response(int status, const EntityDescription& entity, bool created);
    void write_failures(std::initializer_list<int> statuses);
    void write_reference(std::string_view kind, const std::string& name);  // {"$ref":…}
    void write_parameter_reference(const char* name) { write_reference("parameters", name); }
    void write_failure_components();  // the members of components.responses

    JsonWriter& json_;
};

}  // namespace tessera::metadata::openapi_document
