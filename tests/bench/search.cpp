// What search is worth: how often the right one of 507 articles is among the first for what their authors say it should be found by, and how long
// it takes among 100,000 assets made of the same words, also by who is not to see all of them.

#include "measures.h"
#include "world.h"

#include <knowledge/asset.h>
#include <tessera/kernel.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <random>
#include <sstream>

namespace bench {

namespace searching {

namespace fs = std::filesystem;

struct Article { std::string file{}, title{}, summary{}, body{}; };
struct Query { std::string text{}; std::vector<std::string> expected{}; };

std::string content_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::string front_matter(const std::string& text, std::string_view key) {
    const auto at = text.find("\n" + std::string(key) + ": ");
    if (at == text.npos) return {};
    const auto begin = at + key.size() + 3;
    return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<Article> articles(const fs::path& folder) {
    std::vector<Article> all;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto text = content_of(entry.path());
        const auto end  = text.find("\n---\n", 4);
        all.push_back({entry.path().filename().string(), front_matter(text, "title"), front_matter(text, "description"), end == text.npos ? text : text.substr(end + 5)});
    }
    std::ranges::sort(all, {}, &Article::file);
    return all;
}

std::vector<Query> queries(const fs::path& file) {
    std::vector<Query> all;
    std::ifstream      lines(file);
    std::string        line;
    std::getline(lines, line);      // names the columns
    while (std::getline(lines, line)) {
        Query              query{.text = line.substr(0, line.find('\t'))};
        std::istringstream expected(line.substr(line.find('\t') + 1));
        for (std::string one; expected >> one;) query.expected.push_back(one);
        all.push_back(std::move(query));
    }
    return all;
}

void keep(Transaction& tx, const std::string& title, const std::string& summary, const std::string& body) {
    knowledge::Asset asset{.title = title.substr(0, 200), .summary = summary.substr(0, 1000), .body = body.substr(0, 190'000)};
    tx.insert(asset);
}

void measure_quality(World& world, const fs::path& data, Table& table) {
    const auto all = articles(data / "articles");
    world.suite().bulk([&](const Suite::Bulk& command) {
        for (const auto& article : all) command({.name = "bench.article"}, [&](Transaction& tx) { keep(tx, article.title, article.summary, article.body); });
    });
    world.suite().update_search();
    const auto asked = queries(data / "queries-sample.tsv");
    double     first = 0, five = 0, reciprocal = 0;
    world.suite().read({}, [&](const tessera::Snapshot& tx) {
        for (const auto& query : asked) {
            const auto hits  = tessera::search::find(tx, {.text = query.text, .entities = {"knowledge.asset"}, .limit = 20}).hits;
            const auto right = std::ranges::find_if(hits, [&](const auto& hit) {
                return std::ranges::any_of(query.expected, [&](const auto& file) {
                    const auto article = std::ranges::find(all, file, &Article::file);
                    return article != all.end() && article->title == hit.title;
                });
            });
            const auto place = right == hits.end() ? 0 : right - hits.begin() + 1;
            first += place == 1;
            five += place >= 1 && place <= 5;
            if (place) reciprocal += 1.0 / static_cast<double>(place);
        }
    });
    const auto count = static_cast<double>(asked.size());
    table.add({"507 articles: the right one is the first", first / count, "", 0, ""});
    table.add({"507 articles: it is among the first five", five / count, "", 0, ">= 0.90"});
    table.add({"507 articles: mean reciprocal rank", reciprocal / count, "", 0, ""});
}

// Texts of 200 words, each as often as in the articles.
void make_assets(World& world, const std::vector<std::string>& words, int count) {
    std::mt19937 random(42);
    world.suite().bulk([&](const Suite::Bulk& command) {
        for (int i = 0; i < count; ++i) {
            std::string title, body;
            for (int w = 0; w < 6; ++w) title += words[random() % words.size()] + " ";
            for (int w = 0; w < 200; ++w) body += words[random() % words.size()] + " ";
            command({.name = "bench.asset"}, [&](Transaction& tx) { keep(tx, title, "", body); });
        }
    });
}

double percentile(std::vector<double> times, double share) {
    std::ranges::sort(times);
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

void measure_speed(World& world, const tessera::Actor& reader, const std::vector<std::string>& words, bool unfinished, const std::string& what, Table& table) {
    std::mt19937        random(7);
    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
        std::string text;
        for (std::size_t w = 0; w <= random() % 4; ++w) text += (w ? " " : "") + words[random() % words.size()];
        if (unfinished) text.resize(std::max(std::min<std::size_t>(2, text.size()), text.size() - std::min<std::size_t>(text.size(), random() % 3)));
        const auto begin = std::chrono::steady_clock::now();
        world.suite().read(reader, [&](const tessera::Snapshot& tx) { tessera::search::find(tx, {.text = text, .limit = 10, .unfinished = unfinished}); });
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    table.add({what + ": median", percentile(times, 0.5), "ms", 0, ""});
    table.add({what + ": 99 of 100", percentile(times, 0.99), "ms", 0, "<= 20 ms"});
}

}  // namespace searching

void measure_search(const Settings& settings, Table& table) {
    if (settings.knowledge.empty()) return;
    const std::filesystem::path data = settings.knowledge;
    {
        World world(settings.directory);
        searching::measure_quality(world, data, table);
    }
    std::vector<std::string> words;
    for (const auto& article : searching::articles(data / "articles")) {
        std::istringstream text(article.body);
        for (std::string word; text >> word;)
            if (std::ranges::all_of(word, [](unsigned char c) { return std::isalpha(c); })) words.push_back(word);
    }
    World      world(settings.directory);
    const auto time = [](const auto& work) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    constexpr int count = 100'000;
    searching::make_assets(world, words, count);
    table.add({"100,000 assets: into the index", count / time([&] { world.suite().update_search(); }), "/s", 0, ""});
    searching::measure_speed(world, {}, words, false, "search in 100,000 assets", table);
    searching::measure_speed(world, {}, words, true, "the same as one types", table);
}

}  // namespace bench
