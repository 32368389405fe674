#include "assets/templates.h"

#include <tessera/markdown.h>
#include <tessera/text.h>

#include "assets/declare.h"

#include <algorithm>
#include <array>

namespace knowledge {

namespace templates {

using tessera::lower_ascii;
using tessera::Refused;
using tessera::trim;

struct Shipped {
    AssetKind        kind{};
    std::string_view body{}, required_headings{};
};

constexpr std::array<Shipped, 8> shipped{{
    {AssetKind::article, "", ""},
    {AssetKind::how_to, "## What it is for\n\n## What is needed\n\n## Steps\n\n1. \n\n## How to tell that it worked\n", "Steps"},
    {AssetKind::lesson, "## What was planned\n\n## What happened\n\n## Why\n\n## What is done differently from now on\n", "What happened\nWhy\nWhat is done differently from now on"},
    {AssetKind::story, "## Situation\n\n## Action\n\n## Result\n\n## Lesson\n", "Situation\nAction\nResult\nLesson"},
    {AssetKind::decision, "## Question\n\n## Sources\n\n## Evidence\n\n## Decision\n\n## Outcome\n\nIs written down when it is known.\n", "Question\nSources\nEvidence\nDecision"},
    {AssetKind::question, "## Question\n\n## Answer\n", "Question\nAnswer"},
    {AssetKind::guide, "## When to use it\n\n## Steps\n\n1. \n", "Steps"},
    {AssetKind::document, "", ""},
}};

Template shipped_for(AssetKind kind) {
    const auto* found = std::ranges::find(shipped, kind, &Shipped::kind);
    if (found == shipped.end()) return {.kind = kind};
    return {.kind = kind, .body = std::string(found->body), .required_headings = std::string(found->required_headings)};
}

std::vector<std::string> headings_of(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto line = trim(text.substr(0, end)); !line.empty()) all.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

void check(Transaction&, Template& one) {
    tessera::html_from_markdown(one.body);
    for (const auto& heading : headings_of(one.required_headings)) {
        const auto sections = tessera::sections_of_markdown(one.body);
        const auto same     = [&](const auto& section) { return lower_ascii(section.heading) == lower_ascii(heading); };
        if (std::ranges::none_of(sections, same))
            throw Refused("knowledge.heading_not_in_template", "To ask for the heading {}, have it in the text of the template.", heading).with_status(422).with_field("required_headings");
    }
}

void seed(Transaction& tx, const tessera::SeedOptions&) {
    for (const auto& one : shipped)
        if (!one.body.empty()) tx.insert(shipped_for(one.kind));
}

}  // namespace templates

Template template_for(const Snapshot& tx, AssetKind kind, const std::string& language) {
    for (const auto& spoken : {language, std::string("en")})
        if (auto found = tx.first<Template>("kind = :kind AND language = :language AND active = 1 ORDER BY id LIMIT 1", tessera::name_of(kind), spoken)) return std::move(*found);
    return templates::shipped_for(kind);
}

std::vector<std::string> missing_sections(const Template& wanted, std::string_view text) {
    std::vector<std::string> missing;
    const auto               sections = tessera::sections_of_markdown(text);
    for (const auto& heading : templates::headings_of(wanted.required_headings)) {
        const auto written = [&](const auto& section) { return tessera::lower_ascii(section.heading) == tessera::lower_ascii(heading) && !tessera::trim(section.text).empty(); };
        if (std::ranges::none_of(sections, written)) missing.push_back(heading);
    }
    return missing;
}

bool is_unwritten(const Template& begun, std::string_view text) {
    return tessera::trim(text).empty() || tessera::trim(text) == tessera::trim(begun.body);
}

void declare_template(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Template>("knowledge.template", "Template")
        .help("What assets of a kind begin with, and which headings they must have to be submitted")
        .field("kind", &Template::kind, indexed)
        .field("language", &Template::language, longest(2))
        .field("body", &Template::body, multiline, longest(20'000), help("Markdown"))
        .field("required_headings", &Template::required_headings, multiline, help("One a line; an asset has something below each of them"))
        .field("active", &Template::active)
        .display("kind")
        .unique_together({"kind", "language"}, "active = 1")
        .not_in_search()
        .menu(Menu::setup)
        .needs("knowledge.manage")
        .validate(templates::check);
    kernel.seed(templates::seed);
}

}  // namespace knowledge
