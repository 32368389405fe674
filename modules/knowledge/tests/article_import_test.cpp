// Articles in files become assets, and assets files.
#include "tests/writers.h"

#include "assets/article_file.h"

#include <tessera/attachments.h>
#include <tessera/file_import.h>

#include <algorithm>

namespace knowledge::tests {

namespace {

class Folder final : public tessera::FileImport {
public:
    Folder(tessera::testing::Company& company, std::map<std::string, std::string> content) : company_(company), content_(std::move(content)) {
        for (const auto& [path, bytes] : content_)
            if (path.ends_with(".md") || path.ends_with(".html")) files_.push_back(path);
    }
    const std::vector<std::string>& files() const override { return files_; }
    bool                            has(const std::string& path) const override { return content_.contains(path); }
    std::string                     content(const std::string& path) const override { return content_.at(path); }
    void                            write(const std::function<void(Transaction&)>& work) override { company_.run(work, "2026-06-15"_date); }
    void                            tell(std::int64_t) override {}

private:
    tessera::testing::Company&         company_;
    std::map<std::string, std::string> content_;
    std::vector<std::string>           files_{};
};

struct Library {
    tessera::FileImportOutcome take(std::map<std::string, std::string> content) {
        Folder                            folder(company, std::move(content));
        std::vector<tessera::FileImporter> all;
        company.read([&](const Snapshot& tx) { all = tx.contributions<tessera::FileImporter>(); });
        return all.at(0).run(folder);
    }
    Asset of(const std::string& source) {
        Asset asset;
        company.read([&](const Snapshot& tx) { asset = tx.first<Asset>("source = :source", source).value(); });
        return asset;
    }
    std::string file(Id<Asset> id, const char* name) { return company.suite().record_file({}, "knowledge.asset", id.value, name).bytes; }

    tessera::testing::Company company{"knowledge"};
};

}  // namespace

TEST_CASE("article: front matter is read, and left out of the text") {
    const auto article = read_article("a.md", "\xEF\xBB\xBF---\r\ntitle: \"Rear \\\"shock\\\"\"\r\nAuthor: ada\r\ndate: 10/15/2025\r\n---\r\n\r\n# Text\r\n");
    CHECK(article.front.at("title") == "Rear \"shock\"");
    CHECK(article.front.at("author") == "ada");
    CHECK(article.body == "# Text\n");
    CHECK(read_article("a.md", "---\nnever ends\n").front.empty());
    CHECK(read_article("a.md", "plain").body == "plain");
    CHECK(read_article("A.HTML", "<title>T</title><p>x").front.at("title") == "T");
}

TEST_CASE("article: addresses within a file are found in the folder, and nowhere outside of it") {
    CHECK(resolved("finance/a.md", "b.md") == "finance/b.md");
    CHECK(resolved("finance/a.md", "../frame/c.md#part?x") == "frame/c.md");
    CHECK(resolved("a.md", "./b%20c.md?x") == "b c.md");
    CHECK(resolved("a.md", "../../etc/passwd") == "");
    CHECK(resolved("a.md", "https://example.org/b.md") == "");
    CHECK(resolved("a.md", "/b.md") == "");
    CHECK(resolved("a.md", "#part") == "");
    const auto marked = with_addresses("[a](x.md) ![b](<y z.png> \"t\") [c](z", [](std::string_view address) { return address == "z" ? std::string() : "<" + std::string(address) + ">!"; });
    CHECK(marked == "[a](<x.md>!) ![b](<y z.png>! \"t\") [c](z");
}

TEST_CASE("import: files become assets, folders topics, links links, and pictures attachments") {
    Library    library;
    const auto outcome = library.take({{"start.md", "---\ntitle: Start\ndescription: Read first\nauthor: ada\ndate: 2025-10-15\nkind: how_to\n---\nSee [shocks](frame/rear-shocks.md#oil) and [nothing](gone.md)."},
                                       {"frame/rear-shocks.md", "![Worn](../media/shock.png) ![Gone](gone.png) back to [start](../start.md)"},
                                       {"frame/fork/fork.html", "<title>Fork</title><h2>Oil</h2><p>Much <a href='../rear-shocks.md'>more</a>."},
                                       {"media/shock.png", "bytes"}});
    CHECK(outcome.created == 3);
    CHECK(outcome.notes == std::vector<std::string>{"Pictures that are not there: 1; their descriptions stay."});
    const auto start = library.of("start.md"), shocks = library.of("frame/rear-shocks.md"), fork = library.of("frame/fork/fork.html");
    CHECK(start.title == "Start");
    CHECK(start.summary == "Read first");
    CHECK(start.origin == "ada, 2025-10-15");
    CHECK(start.kind == AssetKind::how_to);
    CHECK(start.topics.empty());
    CHECK(start.body == fmt::format("See [shocks](/knowledge/assets/{}#oil) and [nothing](gone.md).", shocks.id));
    REQUIRE(start.links.size() == 1);
    CHECK(start.links[0].record == shocks.id.value);
    CHECK(shocks.title == "Rear shocks");
    CHECK(shocks.body.starts_with(fmt::format("![Worn](/api/knowledge/assets/{}/attachments/", shocks.id)));
    CHECK(fork.body == fmt::format("## Oil\n\nMuch [more](/knowledge/assets/{}).\n", shocks.id));
    library.company.read([&](const Snapshot& tx) {
        CHECK(tessera::attachments::of(tx, tx.source_of(shocks)).size() == 1);
        const auto topic = tx.load(fork.topics.at(0).topic);
        CHECK(topic.name == "Fork");
        CHECK(tx.label_of(topic.parent) == "Frame");
    });
    CHECK(library.company.value<std::int64_t>("SELECT count(*) FROM knowledge_revision") == 3);
    CHECK(library.company.verify() == "");
}

TEST_CASE("import: the same files again change nothing, changed ones are brought up to date") {
    Library library;
    library.take({{"a.md", "one [b](b.md)"}, {"b.md", "two"}});
    auto again = library.take({{"a.md", "one [b](b.md)"}, {"b.md", "two"}});
    CHECK(again.unchanged == 2);
    CHECK(again.created + again.updated == 0);
    again = library.take({{"a.md", "one [b](b.md)"}, {"b.md", "three"}});
    CHECK(again.updated == 1);
    CHECK(library.of("b.md").revision == 2);
    library.company.run([&](Transaction& tx) {
        auto b = tx.load(library.of("b.md").id);
        b.links.push_back({.entity = "knowledge.asset", .record = library.of("a.md").id.value});
        tx.save(b);
    });
    library.take({{"a.md", "one, without it"}, {"b.md", "four"}});
    CHECK(library.of("a.md").links.empty());
    CHECK(library.of("b.md").links.size() == 1);
}

TEST_CASE("import: a file that is no text is named, and then nothing is taken over") {
    Library    library;
    const auto refused = Writers::refusal([&] { library.take({{"a.md", "fine"}, {"b.md", "\xff"}}); });
    CHECK(refused == "knowledge.article_refused");
    CHECK(Writers::refusal([&] { library.take({{"a.md", std::string("PK\x03\x04", 4)}}); }) == "knowledge.article_refused");
    CHECK(library.company.value<std::int64_t>("SELECT count(*) FROM knowledge_asset") == 0);
}

TEST_CASE("export: an asset is handed out as Markdown, as a page and as a PDF, and comes back as it was") {
    Library library;
    library.take({{"a.md", "---\ntitle: \"Rear \\\"shock\\\"\"\ndescription: How\nkeywords: damper, strut\nkind: how_to\n---\n# Text\n\n<script>x</script>\n"}});
    const auto asset    = library.of("a.md");
    const auto markdown = library.file(asset.id, "markdown");
    CHECK(markdown.starts_with("---\ntitle: \"Rear \\\"shock\\\"\"\ndescription: \"How\"\nkeywords: \"damper, strut\"\n"));
    CHECK(library.file(asset.id, "html").find("&lt;script&gt;") != std::string::npos);
    CHECK(library.file(asset.id, "pdf").starts_with("%PDF"));
    CHECK(library.company.suite().record_file({}, "knowledge.asset", asset.id.value, "pdf").name == "Rear \"shock\".pdf");
    library.take({{"b.md", markdown}});
    const auto back = library.of("b.md");
    CHECK(back.title == asset.title);
    CHECK(back.summary == asset.summary);
    CHECK(back.kind == asset.kind);
    CHECK(back.body == asset.body);
    CHECK(Writers::refusal([&] { library.file(asset.id, "docx"); }) == "kernel.no_file");
}

}  // namespace knowledge::tests
