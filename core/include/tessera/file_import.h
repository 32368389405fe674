#pragma once
// A module that takes over files of others (articles, drawings) contributes an importer; `tessera import NAME FOLDER|FILE` finds it by
// its name, gives it the files it knows by the endings of their names, and shows what became of them:
//
//     kernel.contribute(FileImporter{"knowledge.articles", "Articles as Markdown files or web pages", {".md", ".html"}, import_articles});
//
//     FileImportOutcome import_articles(FileImport& import) {
//         for (const auto& file : import.files()) import.write([&](Transaction& tx) { tx.insert(article_of(import.content(file))); });
//     }
//
// Each write is a command of its own; what is refused ends the import, and the same import goes on where it ended if the importer
// knows again what it took over.

#include <tessera/transaction.h>

namespace tessera {

class TESSERA_API FileImport {
public:
    virtual ~FileImport() = default;

    // Paths below the folder, with "/" between their parts, sorted: "finance/close-year.md". Of a single file its name.
    virtual const std::vector<std::string>& files() const                                              = 0;
    // Whether a file of whatever ending lies there: a picture that a text names.
    virtual bool                            has(const std::string& path) const                         = 0;
    // Refused "kernel.no_import_file" when it cannot be read, or is longer than 32 MiB.
    virtual std::string                     content(const std::string& path) const                     = 0;
    virtual void                            write(const std::function<void(Transaction&)>& work)       = 0;
    virtual void                            tell(std::int64_t done)                                    = 0;
};

struct FileImportOutcome {
    std::int64_t             created = 0, updated = 0, unchanged = 0;
    std::vector<std::string> notes{};                     // one sentence each: what was left out, and why
};

struct FileImporter {
    std::string              name{};                      // "knowledge.articles"
    std::string              title{};
    std::vector<std::string> endings{};                   // ".md", in small letters
    std::function<FileImportOutcome(FileImport&)> run{};
};

}  // namespace tessera
