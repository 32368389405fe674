#include <tessera/kernel.h>

#include "metadata/openapi_operation.h"
#include "metadata/openapi_records.h"
#include "metadata/openapi_schemas.h"
#include "metadata/record_views.h"

#ifndef TESSERA_VERSION
#define TESSERA_VERSION "0"
#endif

namespace tessera::metadata {

namespace openapi_document {

constexpr const char* shared_parameters = R"json(
"id":{"name":"id","in":"path","required":true,"description":"The id of the record","schema":{"type":"integer","format":"int64"}},
"search":{"name":"search","in":"query","description":"Text to be found anywhere in the searchable fields, large or small letters alike","schema":{"type":"string"}},
"sort":{"name":"sort","in":"query","description":"Fields to sort by, separated by commas; a minus before one sorts it downwards","schema":{"type":"string"},"example":"-date,number"},
"limit":{"name":"limit","in":"query","description":"Rows of the answer at most","schema":{"type":"integer","minimum":0,"maximum":500,"default":50}},
"offset":{"name":"offset","in":"query","description":"Rows to pass over","schema":{"type":"integer","format":"int64","minimum":0,"default":0}},
"fields":{"name":"fields","in":"query","description":"Fields to show, separated by commas; those of the list when absent","schema":{"type":"string"}},
"count":{"name":"count","in":"query","description":"false leaves the total out","schema":{"type":"boolean","default":true}},
"count_by":{"name":"count_by","in":"query","description":"A choice or a yes or no: how many there are of each, in place of rows","schema":{"type":"string"},"example":"state"},
"idempotency_key":{"name":"Idempotency-Key","in":"header","description":"The same key with the same body gives the first answer again","schema":{"type":"string"}},
"if_match":{"name":"If-Match","in":"header","description":"The version the change is based on, in quotes; refused when it is stale","schema":{"type":"string"},"example":"\"3\""},
"if_none_match":{"name":"If-None-Match","in":"header","description":"The version at hand, in quotes; answered 304 when it is still current","schema":{"type":"string"}},
"change_seen":{"name":"tessera_change","in":"cookie","description":"Set by answers to changes where the server reads from a replica: what is read does not lack that change","schema":{"type":"integer","format":"int64"}})json";

constexpr const char* shared_headers = R"json(
"source":{"description":"Where it was read; absent where the server has no replica","schema":{"type":"string","enum":["primary","replica"]}},
"as_of":{"description":"Of what was read from the replica: no change before this moment is lacking","schema":{"type":"string","format":"date-time"}},
"behind":{"description":"So many seconds the replica was behind; absent when it was less than one","schema":{"type":"integer"}})json";

class Document : OperationWriter {
public:
    Document(const Kernel& kernel, JsonWriter& json) : OperationWriter(json), kernel_(kernel) {}

    void write() {
        json_.begin_object();
        json_.member("openapi", "3.1.0");
        write_info();
        json_.key("servers").raw(R"([{"url":"/","description":"The server this document comes from"}])");
        json_.key("security").raw("[]");
        write_tags();
        json_.key("paths").begin_object();
        write_record_paths(json_, kernel_);
        for (const auto* r : kernel_.reports()) write_report(*r);
        write_operation_paths();
        json_.end_object();
        write_components();
        json_.end_object();
    }

private:
    void write_info() {
        json_.key("info").begin_object();
        json_.member("title", "Tessera");
        json_.member("version", TESSERA_VERSION);
        json_.member("description",
                     "Records, workflows and reports of an ERP suite. Decimals travel as strings, ids as integers, "
                     "days and moments as ISO 8601 text. Refusals are "
                     "problem documents (RFC 9457) with a stable code and one sentence that says what to do.");
        json_.key("license").raw(R"({"name":"As agreed with the operator of this server","url":"/"})");
        json_.end_object();
    }
    void write_tags() {
        json_.key("tags").begin_array();
        for (const auto& m : kernel_.modules())
            if (m.refused.empty()) write_tag(m.name, m.title.empty() ? m.name : m.title);
        if (!kernel_.reports().empty())
            write_tag("reports", "Questions with typed parameters and columns, in every format");
        write_tag("server", "The server itself");
        json_.end_array();
    }
    void write_tag(std::string_view name, std::string_view description) {
        json_.begin_object();
        json_.member("name", name);
        json_.member("description", description);
        json_.end_object();
    }

    // ---- reports and the server

    void write_report(const ReportDescription& r) {
        json_.key("/api/reports/" + r.name).begin_object();
        begin_operation("get", "reports." + r.name, "reports", r.title, r.help);
        json_.key("parameters").begin_array();
        for (const auto& p : r.parameters) write_report_parameter(p);
        write_parameter_reference("change_seen");
        json_.raw(
            R"({"name":"format","in":"query","description":"Of the answer","schema":{"type":"string","enum":["json","csv","html","text","xlsx","pdf"],"default":"json"}})");
        json_.end_array();
        json_.key("responses").begin_object();
        json_.key("200").begin_object();
        json_.member("description", "The report");
        write_reading_headers();
        json_.key("content").raw(
            R"({"application/json":{"schema":{"$ref":"#/components/schemas/ReportResult"}},"text/csv":{"schema":{"type":"string"}},)"
            R"("text/html":{"schema":{"type":"string"}},"text/plain":{"schema":{"type":"string"}},)"
            R"("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":{"schema":{"type":"string","format":"binary"}},)"
            R"("application/pdf":{"schema":{"type":"string","format":"binary"}}})");
        json_.end_object();
        write_failures({400, 403, 404, 422, 503});
        end_operation();
        json_.end_object();
    }
    void write_report_parameter(const ParameterDescription& p) {
        auto description = p.label;
        if (!p.references.empty()) description += ": a " + p.references + ", by its id or the text people know it by";
        if (!p.help.empty()) description += ". " + p.help;
        if (!p.default_value.empty()) description += ". When absent: " + p.default_value;
        json_.begin_object();
        json_.member("name", p.name);
        json_.member("in", "query");
        json_.member("required", p.required);
        json_.member("description", description);
        json_.key("schema");
        if (p.kind == FieldKind::reference)
            json_.raw(R"({"type":"string"})");
        else
            openapi_schemas::write_value(json_, p.kind, p.choices, false, true, {});
        json_.end_object();
    }
    void write_operation_paths() {
        write_plain("/api/catalogue", "server.catalogue", "What this server offers this user: entities, reports, pages",
                    "application/json", R"({"type":"object","additionalProperties":true})");
        write_plain("/api/openapi.json", "server.openapi", "This document", "application/json",
                    R"({"type":"object","additionalProperties":true})");
        write_changes();
        write_audit();
        write_search();
        write_opened();
        write_markdown();
        write_plain("/healthz", "server.health", "Whether the server runs", "text/plain", R"({"type":"string"})");
        write_plain("/readyz", "server.readiness", "Whether the server can read and write", "text/plain",
                    R"({"type":"string"})", true);
        write_plain("/metrics", "server.metrics", "Figures of operation, in Prometheus format", "text/plain",
                    R"({"type":"string"})");
    }
    void write_changes() {
        json_.key("/api/changes").begin_object();
        begin_operation(
            "get", "server.changes", "server", "What changes from now on, as Server-Sent Events",
            "An event without a name has as its data a changed record: {\"entity\":\"module.entity\",\"id\":7,\"version\":3,"
            "\"by\":\"administrator\",\"deleted\":false}. The id is null where many records changed, and for ledgers; the "
            "version is null where it is not known. What happens to a line is told as a change of its document. The event `ready` "
            "comes first; `reset` says that anything may have changed, so read again. The id of an event is a place in the audit "
            "trail, valid on every server of the books. A client that does not read fast enough is cut off.");
        json_.key("parameters").raw(
            R"json([{"name":"entity","in":"query","description":"Follow all records of it: module.entity, as often as needed","schema":{"type":"array","items":{"type":"string"}},"explode":true},)json"
            R"json({"name":"record","in":"query","description":"Follow one record: module.entity/id, as often as needed","schema":{"type":"array","items":{"type":"string"}},"explode":true},)json"
            R"json({"name":"after","in":"query","description":"The id of the last event that was heard: what was missed comes first, or `reset`","schema":{"type":"integer","format":"int64"}},)json"
            R"json({"name":"Last-Event-ID","in":"header","description":"The same, as browsers send it when they connect again; it counts more","schema":{"type":"integer","format":"int64"}}])json");
        json_.key("responses").begin_object();
        json_.key("200").raw(R"({"description":"The events, without end","content":{"text/event-stream":{"schema":{"type":"string"}}}})");
        write_failures({400, 404, 503});
        end_operation();
        json_.end_object();
    }
    void write_audit() {
        json_.key("/api/audit").begin_object();
        begin_operation("get", "server.audit", "server", "Who did what and when, newest first", "Needs access.administer, and roles that do not narrow what is seen.");
        json_.key("parameters").raw(
            R"json([{"name":"by","in":"query","description":"The user's name","schema":{"type":"string"}},)json"
            R"json({"name":"entity","in":"query","description":"What was changed: module.entity","schema":{"type":"string"}},)json"
            R"json({"name":"record","in":"query","description":"The id of a record of that entity","schema":{"type":"integer","format":"int64"}},)json"
            R"json({"name":"command","in":"query","description":"As an entry has it, or its last word: approve","schema":{"type":"string"}},)json"
            R"json({"name":"from","in":"query","description":"A day or a moment; included","schema":{"type":"string"}},)json"
            R"json({"name":"until","in":"query","description":"A day or a moment; included","schema":{"type":"string"}},)json"
            R"json({"name":"text","in":"query","description":"Text anywhere in the reason, the command and the values, large or small letters alike","schema":{"type":"string"}},)json"
            R"json({"name":"limit","in":"query","description":"Rows of the answer at most","schema":{"type":"integer","minimum":1,"maximum":500,"default":50}},)json"
            R"json({"name":"before","in":"query","description":"The id of the last row at hand: the next page","schema":{"type":"integer","format":"int64"}}])json");
        json_.key("responses").begin_object();
        begin_json_response(200, "The entries");
        write_reference("schemas", "AuditTrail");
        end_json_response();
        write_failures({400, 403, 503});
        end_operation();
        json_.end_object();
    }
    void write_search() {
        json_.key("/api/search").begin_object();
        begin_operation("get", "server.search", "server", "Records of all modules by their words, the best first",
                        "Found are only records that the user sees. Words are found in whatever form they stand; \"two words\" stand side by side, -word is not there. "
                        "A word that nobody wrote is read as the nearest one (`read_as`). Where `entities` names one kind, its filters may follow as in its list. The index is some moments behind what was committed; `caught_up` says whether it is.");
        json_.key("parameters").raw(
            R"json([{"name":"q","in":"query","required":true,"description":"What is looked for","schema":{"type":"string","maxLength":1000}},)json"
            R"json({"name":"entities","in":"query","description":"Only records of these: module.entity, separated by commas","schema":{"type":"string"}},)json"
            R"json({"name":"limit","in":"query","description":"Records at most","schema":{"type":"integer","minimum":1,"maximum":100,"default":20}},)json"
            R"json({"name":"offset","in":"query","description":"Records to pass over","schema":{"type":"integer","minimum":0,"maximum":1000,"default":0}},)json"
            R"json({"name":"unfinished","in":"query","description":"true: the last word is still being typed","schema":{"type":"boolean","default":false}}])json");
        json_.key("responses").begin_object();
        json_.key("200").raw(
            R"json({"description":"What was found","content":{"application/json":{"schema":{"type":"object","required":["hits","read_as","more","caught_up"],"properties":{)json"
            R"json("hits":{"type":"array","items":{"type":"object","required":["entity","kind","id","path","title","excerpt","score"],"properties":{"entity":{"type":"string"},"kind":{"type":"string"},)json"
            R"json("id":{"type":"integer","format":"int64"},"path":{"type":"string"},"title":{"type":"string"},"excerpt":{"type":"string","description":"Words that were found stand between U+0002 and U+0003"},)json"
            R"json("score":{"type":"number"}}}},"read_as":{"type":"string"},"more":{"type":"boolean"},"caught_up":{"type":"boolean"}}}}}})json");
        write_failures({400});
        end_operation();
        json_.end_object();
    }
    void write_opened() {
        json_.key("/api/search/choices").begin_object();
        begin_operation("post", "server.search.opened", "server", "Say that a record was opened after it had been found",
                        "Words from which several people came to a record lead to it for everybody. Only a record that the user sees; who it was is kept as a digest.");
        begin_body(true);
        json_.raw(R"("type":"object","required":["q","entity","id"],"properties":{"q":{"type":"string","description":"What had been typed","maxLength":1000},"entity":{"type":"string","description":"module.entity"},"id":{"type":"integer","format":"int64"},"unfinished":{"type":"boolean","default":false}})");
        end_body();
        json_.key("responses").begin_object();
        json_.key("204").raw(R"({"description":"It will be kept"})");
        write_failures({400, 403, 404, 415, 422, 503});
        end_operation();
        json_.end_object();
    }
    void write_markdown() {
        json_.key("/api/markdown").begin_object();
        begin_operation("post", "server.markdown", "server", "What a text in Markdown looks like", "Safe to be put into a page: only tags, attributes and links of a list pass. Nothing is kept.");
        begin_body(true);
        json_.raw(R"("type":"object","required":["text"],"properties":{"text":{"type":"string"}})");
        end_body();
        json_.key("responses").begin_object();
        begin_json_response(200, "The text as HTML");
        json_.raw(R"({"type":"object","required":["html"],"properties":{"html":{"type":"string"}}})");
        end_json_response();
        write_failures({400, 415, 422, 503});
        end_operation();
        json_.end_object();
    }
    void write_plain(const char* path, const char* id, const char* summary, const char* type, const char* schema,
                     bool may_be_busy = false) {
        json_.key(path).begin_object();
        begin_operation("get", id, "server", summary, {});
        json_.key("responses").begin_object();
        json_.key("200").begin_object();
        json_.member("description", summary);
        json_.key("content").begin_object();
        json_.key(type).begin_object();
        json_.key("schema").raw(schema);
        json_.end_object();
        json_.end_object();
        json_.end_object();
        write_failures({400});
        if (may_be_busy) write_failures({503});
        end_operation();
        json_.end_object();
    }

    void write_components() {
        json_.key("components").begin_object();
        json_.key("parameters").begin_object();
        json_.raw(std::string_view(shared_parameters).substr(1));
        json_.end_object();
        json_.key("headers").begin_object();
        json_.raw(std::string_view(shared_headers).substr(1));
        json_.end_object();
        json_.key("responses").begin_object();
        write_failure_components();
        json_.end_object();
        json_.key("schemas").begin_object();
        openapi_schemas::write_all(json_, kernel_);
        json_.end_object();
        json_.end_object();
    }

    const Kernel& kernel_;
};

}  // namespace openapi_document

std::string openapi(const Kernel& kernel) {
    std::string out;
    JsonWriter  json(out);
    openapi_document::Document(kernel, json).write();
    return out;
}

}  // namespace tessera::metadata
