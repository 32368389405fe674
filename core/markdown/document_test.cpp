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
std::string bytes_of(std::string_view hexadecimal) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
    return bytes;
}
// 40 by 20 dots of one colour.
const std::string png = bytes_of("89504e470d0a1a0a0000000d49484452000000280000001408020000007024e8ec000000244944415478da631068"
                                 "3830208861d4e2518b472d1eb578d4e2518b472d1eb578e4580c00ea231a3d836b80510000000049454e44ae426082");
// 16 by 8 dots of one grey.
const std::string jpeg = bytes_of("ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27"
                                  "393d38323c2e333432ffc0000b080008001001011100ffc4001500010100000000000000000000000000000001ffc40014100100000000000000000000000000000000ffda0008010100003f0083ffd9");
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

TEST_CASE("document: pictures that are known stand in it, any other is named") {
    auto              picture = sample;
    picture.markdown          = "Before ![A gear](/api/1) after\n\n![A photo](/api/2)\n\n![Damaged](/api/3) ![Elsewhere](/api/4) ![Vectors](/api/5)";
    picture.picture           = [&](std::string_view address) -> std::optional<DocumentPicture> {
        if (address == "/api/1") return DocumentPicture{"image/png", png};
        if (address == "/api/2") return DocumentPicture{"image/jpeg", jpeg};
        if (address == "/api/3") return DocumentPicture{"image/png", png.substr(0, 40)};
        if (address == "/api/5") return DocumentPicture{"image/svg+xml", "<svg/>"};
        return {};
    };
    const auto page = page_of(picture);
    CHECK(page.find("<img src=\"data:image/png;base64,iVBORw0KGgo") != std::string::npos);
    CHECK(page.find("<img src=\"data:image/jpeg;base64,/9j/") != std::string::npos);
    CHECK(page.find("src=\"/api/4\" alt=\"Elsewhere\"") != std::string::npos);
    CHECK(page.find("svg") == std::string::npos);
    const auto pdf = pdf_of(picture);
    CHECK(pdf.find("/Width 40") != std::string::npos);
    CHECK(pdf.find("/DCTDecode") != std::string::npos);
    CHECK(pdf == pdf_of(picture));
    if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) return;
    CHECK(words_of(pdf).find("[Damaged] [Elsewhere] [Vectors]") != std::string::npos);
    CHECK(words_of(pdf).find("A gear") != std::string::npos);
}

TEST_CASE("document: a picture of more dots than a sheet can show is named, not drawn") {
    auto bomb      = png;
    bomb[16]       = '\x7f';
    auto picture   = sample;
    picture.markdown = "![Huge](/api/1)";
    picture.picture  = [&](std::string_view) { return DocumentPicture{"image/png", bomb}; };
    CHECK(pdf_of(picture).find("/Subtype /Image") == std::string::npos);
}

TEST_CASE("document: however many large pictures a text names, only so many are drawn") {
    auto bomb = jpeg;
    bomb.replace(bomb.find("\xff\xc0") + 5, 4, "\x10\x00\x20\x00", 4);     // 8192 by 4096 dots
    auto picture     = sample;
    picture.markdown = "![One](/api/1) ![Two](/api/1) ![Three](/api/1) ![Four](/api/1)";
    picture.picture  = [&](std::string_view) { return DocumentPicture{"image/jpeg", bomb}; };
    const auto pdf   = pdf_of(picture);
    CHECK(pdf.find("/Width 8192") != std::string::npos);
    if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) return;
    CHECK(words_of(pdf).find("[Three] [Four]") != std::string::npos);
    CHECK(words_of(pdf).find("[Two]") == std::string::npos);
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
