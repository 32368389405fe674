// Articles in files become assets: `tessera import knowledge.articles FOLDER`. The folders they lie in are topics, links between them
// are links, their pictures are attachments. Those that were taken over before are brought up to date.
#include <knowledge/asset.h>
#include <tessera/attachments.h>
#include <tessera/digest.h>
#include <tessera/file_import.h>
#include <tessera/text.h>

#include "assets/article_file.h"
#include "assets/declare.h"

#include <algorithm>
#include <array>

namespace knowledge {

namespace article_import {

using tessera::FileImport;
using tessera::FileImportOutcome;
using tessera::Refused;

struct Taken {
    std::string path{};
    ArticleFile article{};
    Id<Asset>   asset{};
    bool        fresh = false;
};

std::string media_type_of(const std::string& path) {
    struct Known { std::string_view ending, type; };
    static constexpr std::array<Known, 5> pictures{{{".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".gif", "image/gif"}, {".webp", "image/webp"}}};
    const auto name = tessera::lower_ascii(path);
    for (const auto& known : pictures)
        if (name.ends_with(known.ending)) return std::string(known.type);
    return {};
}

std::string stem_of(const std::string& path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return name.substr(0, name.rfind('.'));
}

std::string readable(std::string name) {
    std::ranges::replace(name, '-', '_');
    return tessera::humanise(name);
}

class Import {
public:
    Import(Transaction& tx, FileImport& files) : tx_(tx), files_(files) {}

    FileImportOutcome run() {
        for (const auto& path : files_.files()) in_file(path, [&] { take(path); });
        for (auto& one : taken_) in_file(one.path, [&] { complete(one); });
        if (pictures_missing_) outcome_.notes.push_back(fmt::format("Pictures that are not there: {}; their descriptions stay.", pictures_missing_));
        return std::move(outcome_);
    }

private:
    // A refusal says of which file it is.
    template <class Work>
    void in_file(const std::string& path, const Work& work) {
        try {
            work();
        } catch (const Refused& refused) {
            throw Refused("knowledge.article_refused", "To import {}, mend that file first. {}", path, refused.sentence()).with_status(422);
        }
        files_.tell(++done_ / 2);
    }

    void take(const std::string& path) {
        Taken one{.path = path, .article = read_article(path, files_.content(path))};
        if (const auto known = tx_.first<Asset>("source = :source ORDER BY id LIMIT 1", path)) {
            one.asset = known->id;
        } else {
            Asset asset{.source = path};
            fill(asset, one);
            one.asset = tx_.insert(asset);
            one.fresh = true;
        }
        by_path_[path] = one.asset;
        taken_.push_back(std::move(one));
    }

    static std::string front(const Taken& one, const char* name) {
        const auto found = one.article.front.find(name);
        return found == one.article.front.end() ? std::string() : found->second;
    }
    static void fill(Asset& asset, const Taken& one) {
        asset.title   = tessera::excerpt(front(one, "title"), 190);
        if (asset.title.empty()) asset.title = tessera::excerpt(readable(stem_of(one.path)), 190);
        asset.summary = tessera::excerpt(front(one, "description"), 990);
        if (const auto keywords = front(one, "keywords"); !keywords.empty()) asset.keywords = tessera::excerpt(keywords, 390);
        asset.body    = one.article.body.empty() ? asset.title : one.article.body;
        const auto author = front(one, "author"), date = front(one, "date");
        asset.origin  = tessera::excerpt(author + (author.empty() || date.empty() ? "" : ", ") + date, 290);
        if (const auto language = front(one, "language"); language.size() == 2) asset.language = tessera::lower_ascii(language);
        constexpr auto kinds = names_of(AssetKind{});
        if (const auto kind = front(one, "kind"); std::ranges::find(kinds, kind) != kinds.end()) asset.kind = tessera::value_named<AssetKind>(kind);
    }

    void complete(Taken& one) {
        auto       asset  = tx_.load(one.asset);
        const auto before = asset;
        fill(asset, one);
        std::vector<Id<Asset>> linked;
        asset.body = with_addresses(asset.body, [&](std::string_view address) { return address_for(one, asset, address, linked); });
        for (const auto id : linked) link(asset, id);
        if (!one.fresh) unlink(asset, before.body, linked);
        if (const auto topic = topic_of(one.path); topic && std::ranges::find(asset.topics, topic, &AssetTopic::topic) == asset.topics.end()) asset.topics.push_back({.topic = topic});
        const bool same = asset.title == before.title && asset.summary == before.summary && asset.keywords == before.keywords && asset.body == before.body && asset.kind == before.kind && asset.language == before.language &&
                          asset.origin == before.origin && asset.topics.size() == before.topics.size() && asset.links.size() == before.links.size();
        if (!same) tx_.save(asset);
        one.fresh ? ++outcome_.created : same ? ++outcome_.unchanged : ++outcome_.updated;
    }

    std::string address_for(const Taken& one, const Asset& asset, std::string_view address, std::vector<Id<Asset>>& linked) {
        const auto path = resolved(one.path, address);
        if (path.empty()) return {};
        if (const auto found = by_path_.find(path); found != by_path_.end()) {
            if (found->second != asset.id && std::ranges::find(linked, found->second) == linked.end()) linked.push_back(found->second);
            const auto part = address.find('#');
            return fmt::format("/knowledge/assets/{}{}", found->second, part == std::string_view::npos ? std::string_view{} : address.substr(part));
        }
        const auto type = media_type_of(path);
        if (type.empty()) return {};
        if (!files_.has(path)) return ++pictures_missing_, std::string();
        return fmt::format("/api/knowledge/assets/{}/attachments/{}", asset.id, picture(asset, path, type));
    }

    Id<tessera::attachments::Attachment> picture(const Asset& asset, const std::string& path, const std::string& type) {
        using namespace tessera;
        const auto bytes = files_.content(path);
        const auto hash  = sha256_hex(bytes);
        for (const auto& kept : attachments::of(tx_, tx_.source_of(asset)))
            if (kept.sha256 == hash) return kept.id;
        return attachments::attach(tx_, tx_.source_of(asset), {.name = path.substr(path.rfind('/') + 1), .media_type = type, .bytes = bytes});
    }

    static void link(Asset& asset, Id<Asset> other) {
        const auto there = [&](const AssetLink& link) { return link.entity == "knowledge.asset" && link.record == other.value; };
        if (std::ranges::none_of(asset.links, there)) asset.links.push_back({.entity = "knowledge.asset", .record = other.value});
    }

    // What the text named before and names no more. What people linked beside it stays.
    static void unlink(Asset& asset, const std::string& text_before, const std::vector<Id<Asset>>& linked) {
        with_addresses(text_before, [&](std::string_view address) {
            const auto id = number_in(address, "/knowledge/assets/");
            if (id && std::ranges::find(linked, Id<Asset>{*id}) == linked.end())
                std::erase_if(asset.links, [&](const AssetLink& link) { return link.entity == "knowledge.asset" && link.record == *id && link.relation == Relation::about && link.note.empty(); });
            return std::string();
        });
    }

    // Of the folder the file lies in; the folders above are the topics above.
    Id<Topic> topic_of(const std::string& path) {
        Id<Topic> parent{};
        for (std::size_t begin = 0, end = path.find('/'); end != std::string::npos; begin = end + 1, end = path.find('/', begin)) parent = topic_named(readable(path.substr(begin, end - begin)), parent);
        return parent;
    }
    Id<Topic> topic_named(const std::string& name, Id<Topic> parent) {
        auto& known = topics_[name];
        if (!known) known = tx_.value<Id<Topic>>("SELECT id FROM knowledge_topic WHERE name = :name", name).value_or(Id<Topic>{});
        if (!known) known = tx_.insert(Topic{.name = name, .parent = parent});
        return known;
    }

    Transaction&                     tx_;
    FileImport&                      files_;
    std::vector<Taken>               taken_{};
    std::map<std::string, Id<Asset>> by_path_{};
    std::map<std::string, Id<Topic>> topics_{};
    FileImportOutcome                outcome_{};
    std::int64_t                     pictures_missing_ = 0, done_ = 0;
};

// One command: all of it, or nothing.
FileImportOutcome run(FileImport& files) {
    FileImportOutcome outcome;
    files.write([&](Transaction& tx) { outcome = Import(tx, files).run(); });
    return outcome;
}

}  // namespace article_import

void declare_article_import(tessera::Kernel& kernel) {
    kernel.contribute(tessera::FileImporter{"knowledge.articles", "Articles in Markdown, or as web pages", {".md", ".markdown", ".html", ".htm"}, article_import::run});
}

}  // namespace knowledge
