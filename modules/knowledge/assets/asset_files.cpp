// An asset as a file: GET …/assets/<id>/files/markdown, html or pdf.
#include <knowledge/asset.h>
#include <tessera/attachments.h>
#include <tessera/document.h>

#include "assets/article_file.h"
#include "assets/declare.h"

namespace knowledge {

namespace asset_files {

using tessera::Document;

// Its own attachments only: whoever sees the asset sees these.
std::optional<tessera::DocumentPicture> picture_of(const Snapshot& tx, std::int64_t id, std::string_view address) {
    const auto number = number_in(address, fmt::format("/api/knowledge/assets/{}/attachments/", id));
    if (!number) return {};
    for (const auto& attachment : tessera::attachments::of(tx, {.entity = "knowledge.asset", .id = id}))
        if (attachment.id.value == *number && attachment.size <= static_cast<std::int64_t>(tessera::picture_bytes_max))
            return tessera::DocumentPicture{attachment.media_type, tessera::attachments::content(tx, attachment.id)};
    return {};
}

Document document_of(const Snapshot& tx, std::int64_t id) {
    const auto asset = tx.load(Id<Asset>{id});
    Document   document{.title = asset.title, .language = asset.language, .markdown = asset.body, .made_at = tx.now()};
    const auto fact = [&](const char* name, std::string value) {
        if (!value.empty()) document.facts.emplace_back(name, std::move(value));
    };
    document.picture = [&tx, id](std::string_view address) { return picture_of(tx, id, address); };
    fact("Number", asset.number);
    fact("State", tessera::humanise(tessera::name_of(asset.state)));
    fact("Revision", std::to_string(asset.revision));
    fact("Owner", asset.owner ? tx.label_of(asset.owner) : std::string());
    if (!asset.verified_on.empty()) fact("Verified on", asset.verified_on.str());
    if (!asset.review_on.empty()) fact("To be reviewed on", asset.review_on.str());
    fact("Address", asset.address);
    fact("Summary", asset.summary);
    return document;
}

// A value of the front matter stands in quotes, so that no sign in it means anything.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out + '"';
}

std::string markdown_of(const Snapshot& tx, std::int64_t id) {
    const auto  asset = tx.load(Id<Asset>{id});
    std::string text  = fmt::format("---\ntitle: {}\n", quoted(asset.title));
    if (!asset.summary.empty()) text += fmt::format("description: {}\n", quoted(asset.summary));
    if (!asset.keywords.empty()) text += fmt::format("keywords: {}\n", quoted(asset.keywords));
    text += fmt::format("author: {}\ndate: {}\nkind: {}\nlanguage: {}\nnumber: {}\n---\n\n", quoted(asset.author), asset.changed_on, tessera::name_of(asset.kind), asset.language, asset.number);
    return text + asset.body + (asset.body.ends_with('\n') ? "" : "\n");
}

}  // namespace asset_files

void declare_asset_files(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.record_file("knowledge.asset", "markdown", {"As Markdown", "text/markdown", "md"}, asset_files::markdown_of);
    kernel.record_file("knowledge.asset", "html", {"As a web page", "text/html", "html"}, [](const Snapshot& tx, std::int64_t id) { return page_of(asset_files::document_of(tx, id)); });
    kernel.record_file("knowledge.asset", "pdf", {"As a PDF", "application/pdf", "pdf"}, [](const Snapshot& tx, std::int64_t id) { return pdf_of(asset_files::document_of(tx, id)); });
}

}  // namespace knowledge
