#pragma once
// From a request to its handler. The whole address space in one place:
//
//     /api/<module>/<plural>…       records_api.h       /healthz /readyz /metrics    operation_api.h
//     /api/reports/<name>           reports_api.h       everything else              static_files.h
//     /api/changes                  changes_api.h       /api/catalogue, /api/openapi.json
//     /api/session…                 session_api.h              /api/audit            audit_api.h
//     /api/markdown                 markdown_api.h
//
// Below /api nobody is answered whom the door does not know, except where people sign in, and what describes the API. What a
// known visitor may do is decided where it is done, by the permissions that entities, transitions and reports declare.

#include "http/service.h"
#include "http/static_files.h"

namespace tessera::http {

class Router {
public:
    explicit Router(Service& service);

    // On an I/O thread; every exchange is answered, here or later, whatever happens.
    void handle(const std::shared_ptr<Exchange>& exchange);

private:
    void route(const std::shared_ptr<Exchange>& exchange);
    void api(const std::shared_ptr<Exchange>& exchange);
    void page(Exchange& exchange);

    Service&    service_;
    StaticFiles pages_;
};

}  // namespace tessera::http
