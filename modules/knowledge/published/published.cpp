#include "published/published.h"

#include <tessera/attachments.h>
#include <tessera/markdown.h>

#include "declare.h"

#include <algorithm>

namespace knowledge {

namespace published {

using tessera::Source;

std::vector<PublishedProduct> products_of(const Asset& asset) {
    std::vector<PublishedProduct> products;
    for (const auto& link : asset.links)
        if (link.entity == "catalog.product" && link.relation == Relation::about) products.push_back({.product = Id<catalog::Product>{link.record}});
    std::ranges::sort(products, {}, [](const auto& one) { return one.product.value; });
    const auto twice = std::ranges::unique(products, {}, [](const auto& one) { return one.product.value; });
    products.erase(twice.begin(), twice.end());
    return products;
}

// The pictures that the text shows belong to what is published, and are shown from there.
std::string with_pictures(Transaction& tx, const Asset& asset, const Published& shown) {
    auto       body = asset.body;
    const auto kept = tessera::attachments::of(tx, tx.source_of(shown));
    for (const auto& attachment : tessera::attachments::of(tx, tx.source_of(asset))) {
        const auto there = fmt::format("/api/knowledge/assets/{}/attachments/{}", asset.id.value, attachment.id.value);
        if (body.find(there) == body.npos) continue;
        const auto same = std::ranges::find(kept, attachment.sha256, &tessera::attachments::Attachment::sha256);
        const auto id   = same != kept.end() ? same->id
                                             : tessera::attachments::attach(tx, tx.source_of(shown), {attachment.name, attachment.media_type, tessera::attachments::content(tx, attachment.id)});
        const auto here = fmt::format("/api/knowledge/published/{}/attachments/{}", shown.id.value, id.value);
        for (auto at = body.find(there); at != body.npos; at = body.find(there, at + here.size())) {
            const auto end = at + there.size();
            if (end < body.size() && body[end] >= '0' && body[end] <= '9') continue;
            body.replace(at, there.size(), here);
        }
    }
    return body;
}

void show(Transaction& tx, const Asset& asset, Published shown) {
    shown.number      = asset.number;
    shown.kind        = asset.kind;
    shown.title       = asset.title;
    shown.summary     = asset.summary;
    shown.keywords    = asset.keywords;
    shown.language    = asset.language;
    shown.verified_on = asset.verified_on;
    shown.standing    = asset.standing;
    shown.products    = products_of(asset);
    if (!shown.id) tx.insert(shown);
    shown.body = with_pictures(tx, asset, shown);
    tx.save(shown);
}

void keep(Transaction& tx, Id<Asset> id) {
    const auto asset = tx.load(id);
    auto       shown = tx.first<Published>("number = :number", asset.number);
    const bool ended = asset.audience != Audience::everybody || asset.state == AssetState::retired;
    if (ended && shown) tx.remove(shown->id);
    else if (!ended && asset.state == AssetState::verified) show(tx, asset, shown.value_or(Published{}));
}

struct ForCustomer {
    std::string number{}, title{}, product{};
    Date        verified_on{};
    std::int64_t published_id = 0;
};

constexpr auto about_their_products = R"sql(
    SELECT p.number, p.title, min(c.name), p.verified_on, p.id
      FROM knowledge_published p
      JOIN knowledge_published_product l ON l.document = p.id
      JOIN catalog_product c ON c.id = l.product
     WHERE EXISTS (SELECT 1 FROM sales_order_line ol JOIN sales_order o ON o.id = ol.document WHERE o.customer = :party AND ol.product = l.product)
     GROUP BY p.number, p.title, p.verified_on, p.id
     ORDER BY p.title, p.id)sql";

void declare_report(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<ForCustomer>("knowledge.for_customer", "What a customer may read about their products")
        .help("What is published about products that the customer has ordered")
        .parameter<Id<directory::Party>>("party", required, label("Customer"))
        .column("number", &ForCustomer::number)
        .column("title", &ForCustomer::title, opens_record("knowledge.published", "published_id"))
        .column("product", &ForCustomer::product)
        .column("verified_on", &ForCustomer::verified_on)
        .column("published_id", &ForCustomer::published_id, hidden)
        .query(about_their_products);
}

}  // namespace published

void keep_published(Transaction& tx, const Asset& asset) {
    if (asset.id) tx.before_commit(fmt::format("knowledge.published {}", asset.id.value), [id = asset.id](Transaction& at_end) { published::keep(at_end, id); });
}

void declare_published(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.permission("knowledge.read_published", "Read what is published to customers");
    kernel.contribute(access::StandardRole{"Customer of knowledge", "Reads what is published to customers, and nothing else", {"knowledge.read_published"}});
    kernel.entity<PublishedProduct>("knowledge.published_product", "Product of what is published")
        .part_of(&PublishedProduct::published)
        .read_needs("knowledge.read_published")
        .field("product", &PublishedProduct::product, required, indexed);
    kernel.entity<Published>("knowledge.published", "Published knowledge")
        .plural("Published knowledge")
        .path("published")
        .help("What customers read: the text of public assets as it was verified last")
        .read_needs("knowledge.read_published")
        .made_by_commands()
        .field("number", &Published::number, required, unique, searchable)
        .field("kind", &Published::kind)
        .field("title", &Published::title, required, searchable, longest(200))
        .field("summary", &Published::summary, searchable, not_in_list, longest(1000))
        .field("keywords", &Published::keywords, searchable, not_in_list, longest(400))
        .field("body", &Published::body, searchable, multiline, longest(200'000))
        .field("language", &Published::language, longest(2))
        .field("verified_on", &Published::verified_on)
        .field("standing", &Published::standing, not_in_list)
        .lines("products", &Published::products)
        .display("title")
        .menu(Menu::hidden)
        .standing("standing")
        .language("language");
    kernel.record_view("knowledge.published", "reading", {"The text as a page shows it", R"json({"type":"object","required":["html"],"properties":{"html":{"type":"string"}}})json"},
                       [](const Snapshot& tx, std::int64_t id, JsonWriter& json) {
                           json.begin_object();
                           json.member("html", html_from_markdown(tx.load(Id<Published>{id}).body));
                           json.end_object();
                       });
    published::declare_report(kernel);
}

}  // namespace knowledge
