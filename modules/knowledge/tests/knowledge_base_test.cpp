// Five hundred help articles of others: taken over, found by their words, compared and handed out.
#include "tests/writers.h"

#include <tessera/file_import.h>
#include <tessera/search.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace knowledge::tests {

namespace {

std::filesystem::path articles() {
    const char* directory = std::getenv("TESSERA_SHARED_DIR");
    return std::filesystem::path(directory ? directory : TESSERA_SHARED_DIR) / "data" / "knowledge-base" / "articles";
}

class ArticleFolder final : public tessera::FileImport {
public:
    explicit ArticleFolder(tessera::testing::Company& company) : company_(company) {
        for (const auto& entry : std::filesystem::directory_iterator(articles())) files_.push_back(entry.path().filename().string());
        std::ranges::sort(files_);
    }
    const std::vector<std::string>& files() const override { return files_; }
    bool                            has(const std::string& path) const override { return std::filesystem::exists(articles() / path); }
    std::string                     content(const std::string& path) const override {
        std::ifstream file(articles() / path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::function<void(Transaction&)>& work) override { company_.run(work); }
    void tell(std::int64_t) override {}

private:
    tessera::testing::Company& company_;
    std::vector<std::string>   files_{};
};

tessera::FileImportOutcome take(tessera::testing::Company& company) {
    ArticleFolder                      folder(company);
    std::vector<tessera::FileImporter> all;
    company.read([&](const Snapshot& tx) { all = tx.contributions<tessera::FileImporter>(); });
    return all.at(0).run(folder);
}

}  // namespace

TEST_CASE("knowledge base: five hundred articles are taken over with the links between them, and a second time nothing changes") {
    if (!std::filesystem::exists(articles())) return;
    tessera::testing::Company company{"knowledge"};
    const auto                first = take(company);
    CHECK(first.created == 507);
    CHECK(first.updated + first.unchanged == 0);
    CHECK(company.value<std::int64_t>("SELECT count(*) FROM knowledge_revision") == 507);
    const auto links = company.value<std::int64_t>("SELECT count(*) FROM knowledge_asset_link").value_or(0);
    CHECK(links > 500);
    CHECK(take(company).unchanged == 507);
    CHECK(company.value<std::int64_t>("SELECT count(*) FROM knowledge_asset_link") == links);
    CHECK(company.verify() == "");

    company.suite().update_search();
    company.read([&](const Snapshot& tx) {
        const auto one = tx.first<Asset>("source = 'across-how-publish-web-service.md'").value();
        CHECK(one.title == "Expose objects as web services");
        CHECK(one.origin == "brentholtorf, 10/15/2025");
        const auto found = tessera::search::find(tx, {.text = "publish web service", .entities = {"knowledge.asset"}, .limit = 3});
        REQUIRE(!found.hits.empty());
        CHECK(std::ranges::find(found.hits, one.id.value, &tessera::search::Hit::id) != found.hits.end());
    });
    CHECK(company.report_result("knowledge.duplicates", {{"at_least", "40"}}).rows.size() < 30);
}

TEST_CASE("knowledge base: every article is drawn as a page, and of some a PDF is made") {
    if (!std::filesystem::exists(articles())) return;
    tessera::testing::Company company{"knowledge"};
    take(company);
    std::vector<std::int64_t> all;
    company.read([&](const Snapshot& tx) { all = tx.rows<std::int64_t>("SELECT id FROM knowledge_asset ORDER BY id"); });
    for (const auto id : all) {
        const auto page = company.suite().record_file({}, "knowledge.asset", id, "html").bytes;
        CHECK(page.find("<script") == std::string::npos);
        CHECK(page.find("javascript:") == std::string::npos);
    }
    for (std::size_t i = 0; i < all.size(); i += 25) CHECK(company.suite().record_file({}, "knowledge.asset", all[i], "pdf").bytes.starts_with("%PDF"));
}

TEST_CASE("what is known: assets with similar words are found for a record that nobody has linked") {
    Writers    office;
    const auto complaint = office.company.suite().run({.entity = "crm.complaint", .body = R"({"customer":"A lady","what_happened":"The rear derailleur rattles on cobbles"})", .info = {.business_date = Writers::day}}).id;
    office.write("ada", R"({"title":"Derailleur that rattles","body":"A rear derailleur that rattles on cobbles wants a stiffer spring."})");
    office.write("ada", R"({"title":"Paint","body":"How frames are painted."})");
    office.company.suite().update_search();
    const auto known = office.company.report("knowledge.assets_about", {{"entity", "crm.complaint"}, {"record", std::to_string(complaint)}});
    CHECK(known.find("Derailleur that rattles | article | draft | similar") != std::string::npos);
}

}  // namespace knowledge::tests
