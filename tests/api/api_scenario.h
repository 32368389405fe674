#pragma once
// One line of a table: what is sent, and what must and must not come back. What must not leak is as much part of a
// scenario as what must be there.

#include "served_company.h"

#include <doctest/doctest.h>

namespace api_tests {

struct ApiScenario {
    std::string              name;
    std::string              method;
    std::string              url;
    std::string              body;
    int                      status;
    std::vector<std::string> contains{};
    std::vector<std::string> lacks{};
    std::vector<std::string> headers{};
};

inline void run(ServedCompany& served, const ApiScenario& scenario) {
    CAPTURE(scenario.name);
    const auto answer = served.ask({scenario.method, scenario.url, scenario.body, scenario.headers});
    CAPTURE(answer.body);
    CHECK(answer.status == scenario.status);
    for (const auto& text : scenario.contains) CHECK_MESSAGE(answer.body.find(text) != std::string::npos, text);
    for (const auto& text : scenario.lacks) CHECK_MESSAGE(answer.body.find(text) == std::string::npos, text);
    if (answer.status >= 400) CHECK(answer["content-type"] == "application/problem+json");
}

}  // namespace api_tests
