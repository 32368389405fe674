#include <tessera/document.h>

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tessera::markdown::document_test {

const Document sample{.title    = "Rear <shock>",
                      .facts    = {{"State", "verified"}},
                      .markdown = "# A & b\n\n1. one\n2. *two*\n   - three\n\n> quote\n\n|a|b|\n|-|-|\n|1|`<2>`|\n\n```\ncode < here\n```\n\n---\n\n![pic](x.png) [link](https://example.org)",
                      .made_at  = Instant::from_microseconds(1'780'000'000'000'000)};

// As pdftotext reads it: a form feed ends each page.
std::string words_of(const std::string& pdf) {
    const auto path = std::filesystem::temp_directory_path() / fmt::format("tessera-markdown-{}", ::getpid());
    std::ofstream(path, std::ios::binary) << pdf;
    FILE*                  pipe = ::popen(fmt::format("pdftotext -layout {} -", path.string()).c_str(), "r");
    std::string            said;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), size);
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove(path);
    return said;
}
std::ptrdiff_t pages(const std::string& pdf) { return std::ranges::count(words_of(pdf), '\f'); }

TEST_CASE("document: a page stands by itself and says what it is of") {
    const auto page = page_of(sample);
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK(page.find("<title>Rear &lt;shock&gt;</title>") != std::string::npos);
    CHECK(page.find("<div><dt>State</dt><dd>verified</dd></div>") != std::string::npos);
    CHECK(page.find("<h1 id=\"section-a-b\">A &amp; b</h1>") != std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
}

TEST_CASE("document: a PDF is the same for the same text, and long ones have more pages") {
    const auto pdf = pdf_of(sample);
    CHECK(pdf.starts_with("%PDF-"));
    CHECK(pdf == pdf_of(sample));
    if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) {
        MESSAGE("pdftotext is not installed: what stands on the pages is left out");
        return;
    }
    CHECK(pages(pdf) == 1);
    CHECK(words_of(pdf).find("1. one") != std::string::npos);
    CHECK(words_of(pdf).find("code < here") != std::string::npos);
    auto long_one = sample;
    for (int i = 0; i < 200; ++i) long_one.markdown += "\n\nParagraph " + std::to_string(i) + " of many that need room on the sheets.";
    CHECK(pages(pdf_of(long_one)) > 3);
    auto high_row = sample;
    high_row.markdown = "|a|\n|-|\n|" + std::string(30'000, 'x') + "|";
    CHECK(pages(pdf_of(high_row)) > 1);
}

TEST_CASE("document: a web page becomes Markdown, its headings, lists, tables, links and code kept") {
    struct Row {
        std::string_view html, markdown;
    };
    for (const auto& row : {Row{"<h1>A</h1><p>b <b>c</b> <i>d</i> <code>e`f</code></p>", "# A\n\nb **c** *d* `` e`f ``\n"},
                            Row{"<ul><li>a<li>b<ol><li>c<li>d</ol></ul>", "- a\n- b\n\n  1. c\n  2. d\n"},
                            Row{"<a href='x y.md'>a  b</a>", "[a b](<x y.md>)\n"},
                            Row{"<table><tr><th>a<th>b<tr><td>1<br>2<td>x|y</table>", "| a | b |\n| --- | --- |\n| 1 2 | x\\|y |\n"},
                            Row{"<pre><code class='language-c'>int a;\nint b;</code></pre>", "```c\nint a;\nint b;\n```\n"},
                            Row{"<blockquote><p>a<p>b</blockquote>", "> a\n> \n> b\n"},
                            Row{"<p>1. a *b* # c<p># d<p>- e", "1\\. a \\*b\\* # c\n\n\\# d\n\n\\- e\n"},
                            Row{"<img src='a.png' alt='Gear'><hr>", "![Gear](a.png)\n\n---\n"},
                            Row{"<nav>menu</nav><main><p>text<script>alert(1)</script></main><p>more", "text\n"}})
        CHECK(read_html(row.html).markdown == row.markdown);
}

TEST_CASE("document: what a page says of itself is kept") {
    const auto page = read_html("<html lang='de-AT'><head><title> Federbein\n hinten</title><meta name='Description' content='Wie man misst'></head><body><h1>Anders</h1></body></html>");
    CHECK(page.title == "Federbein hinten");
    CHECK(page.description == "Wie man misst");
    CHECK(page.language == "de");
    CHECK(read_html("<p>x<h2>First</h2>").title == "First");
    CHECK(read_html("").markdown == "");
}

TEST_CASE("document: what is read from a page and drawn again is harmless") {
    const auto drawn = html_from_markdown(read_html("<p onclick='x'>a<img src=x onerror=alert(1)><a href='javascript:alert(1)'>b</a>&lt;script&gt;c&lt;/script&gt;").markdown);
    CHECK(drawn == "<p>ab&lt;script&gt;c&lt;/script&gt;</p>\n");
}

TEST_CASE("document: pages that are too long, too deep or no text are refused") {
    const auto refusal = [](const std::string& html) {
        try {
            read_html(html);
            return std::string();
        } catch (const Refused& refused) {
            return refused.code();
        }
    };
    std::string deep;
    for (int i = 0; i < 230; ++i) deep += "<div>";
    CHECK(refusal(deep) == "document.too_deep");
    CHECK(refusal(std::string((4 << 20) + 1, 'a')) == "document.too_long");
    CHECK(refusal("\xff") == "markdown.not_text");
}

}  // namespace tessera::markdown::document_test
