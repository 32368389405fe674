#pragma once
// What customers read: the text of a public asset as it was verified last, and nothing else of it. Who reads these needs the permission
// knowledge.read_published alone, which lets read no other record: no author, no draft, no link, no use.
//
//     public and verified                        its text of now is published
//     public, in review or needs review          what was published before stays
//     internal again, retired, merged            nothing is published any more
//
// Pictures of the text go with it. It names the products that the asset is about, so that customers are shown what concerns theirs.

#include <catalog/records.h>
#include <knowledge/asset.h>

namespace knowledge {

struct Published;

struct PublishedProduct {                 // knowledge.published_product
    Id<PublishedProduct>  id{};
    Id<Published>         published{};
    Id<catalog::Product>  product{};
};

struct Published {                        // knowledge.published
    Id<Published>                 id{};
    std::string                   number{};       // of the asset: "KA-2026-00007"
    AssetKind                     kind = AssetKind::article;
    std::string                   title{}, summary{}, keywords{};
    std::string                   body{};         // Markdown
    std::string                   language{};
    Date                          verified_on{};
    std::int64_t                  standing = 1000;
    std::vector<PublishedProduct> products{};
};

}  // namespace knowledge
