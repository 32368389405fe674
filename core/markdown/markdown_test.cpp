#include <tessera/markdown.h>

#include <doctest/doctest.h>

#include "markdown/allowed_html.h"

#include <pugixml.hpp>

#include <algorithm>
#include <set>

namespace tessera::markdown::markdown_test {

std::string refusal(std::string_view text) {
    try {
        html_from_markdown(text);
        return {};
    } catch (const Refused& refused) {
        return refused.code();
    }
}

// The tags and attributes of a page beyond those that text, pictures and links are made of, and where they lead.
std::string what_runs_in(const std::string& html) {
    pugi::xml_document page;
    if (!page.load_string(("<page>" + html + "</page>").c_str())) return "not well-formed: " + html;
    static const std::set<std::string> tags{"page", "p", "h1", "h2", "h3", "em", "strong", "del", "code", "pre", "ul", "li", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "br"};
    static const std::set<std::string> attributes{"href", "rel", "src", "alt", "title", "id", "class"};
    std::string found;
    for (const auto& node : page.select_nodes("//*")) {
        if (!tags.contains(node.node().name())) found += fmt::format("<{}> ", node.node().name());
        for (const auto& attribute : node.node().attributes()) {
            if (!attributes.contains(attribute.name())) found += fmt::format("{}= ", attribute.name());
            const std::string value = attribute.value();
            if (std::string(attribute.name()) == "href" && !value.starts_with("https://") && value != "a") found += value;
        }
    }
    return found;
}

TEST_CASE("markdown: headings, lists, tables, code and quotes are drawn") {
    struct Row {
        std::string_view text, html;
    };
    for (const auto& row : {Row{"a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>\n"},
                            Row{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
                            Row{"3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
                            Row{"- [x] a", "<ul>\n<li><input type=\"checkbox\" disabled=\"\" checked=\"\" /> a</li>\n</ul>\n"},
                            Row{"> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"},
                            Row{"```cpp\nif (a < b) {}\n```", "<pre><code class=\"language-cpp\">if (a &lt; b) {}\n</code></pre>\n"},
                            Row{"a  \nb\n\n---", "<p>a<br />\nb</p>\n<hr />\n"},
                            Row{"|a|b|\n|-|-:|\n|1|2|",
                                "<table>\n<thead>\n<tr>\n<th>a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td align=\"right\">2</td>\n</tr>\n</tbody>\n</table>\n"},
                            Row{"漢字 & \"Größe\"", "<p>漢字 &amp; &quot;Größe&quot;</p>\n"}, Row{"", ""}})
        CHECK(html_from_markdown(row.text) == row.html);
}

TEST_CASE("markdown: links lead to the web, to mail and within the server, and nowhere else") {
    const auto outside = [](std::string address) { return "<p><a href=\"" + address + "\" rel=\"noopener nofollow\">x</a></p>\n"; };
    const auto inside  = [](std::string address) { return "<p><a href=\"" + address + "\">x</a></p>\n"; };
    CHECK(html_from_markdown("[x](https://example.org/a?b=1&c=2)") == outside("https://example.org/a?b=1&amp;c=2"));
    CHECK(html_from_markdown("[x](HTTP://example.org)") == outside("HTTP://example.org"));
    CHECK(html_from_markdown("https://example.org") == "<p><a href=\"https://example.org\" rel=\"noopener nofollow\">https://example.org</a></p>\n");
    CHECK(html_from_markdown("[x](mailto:ada@example.org)") == inside("mailto:ada@example.org"));
    for (const std::string address : {"/knowledge/assets/7", "other.md", "../other.md", "#section-torque", "?page=2", "a/b:c"})
        CHECK(html_from_markdown("[x](" + address + ")") == inside(address));
    for (const std::string address : {"javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//example.org", "ftp://example.org", "x:y",
                                      "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "\x01javascript:alert(1)", ""}) {
        CAPTURE(address);
        CHECK(html_from_markdown("[x](<" + address + ">)").find("<a") == std::string::npos);
    }
    for (const auto* address : {"/\\example.org", "\\\\example.org", "java\tscript:alert(1)", " javascript:alert(1)", "a b"}) CHECK(target_of(address) == Target::refused);
}

TEST_CASE("markdown: pictures come from this server; of others the description stays") {
    CHECK(html_from_markdown("![Gear](/api/knowledge/assets/7/attachments/3 \"Worn\")") ==
          "<p><img src=\"/api/knowledge/assets/7/attachments/3\" alt=\"Gear\" title=\"Worn\" /></p>\n");
    for (const auto* source : {"https://example.org/a.png", "//example.org/a.png", "data:image/svg+xml,<svg>", "/other/a.png", "a.png", "javascript:alert(1)"})
        CHECK(html_from_markdown(std::string("![Gear](") + source + ")").find("<img") == std::string::npos);
    CHECK(html_from_markdown("![Gear](https://example.org/a.png)") == "<p>Gear</p>\n");
}

TEST_CASE("markdown: what would run in a page stays text, whatever it hides in") {
    for (const auto* attempt :
         {"<script>alert(1)</script>", "a <script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
          "<iframe src=javascript:alert(1)>", "<a href=\"javascript:alert(1)\">x</a>", "<<script>script>alert(1)<</script>/script>", "<scr<script>ipt>", "<p style=\"x\" onclick=\"alert(1)\">", "<style>*{}</style>",
          "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "[x](a \"\\\" onmouseover=alert(1)\")", "[<img src=x onerror=alert(1)>](a)", "![\\\" onerror=\\\"alert(1)](/api/x)", "`<script>`",
          "```\n<script>alert(1)</script>\n```", "```\"><script>\nx\n```", "# <script>alert(1)</script>", "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
          "<?php <script> ?>", "<!DOCTYPE html><script>", "<https://example.org/\"onmouseover=alert(1)>", "<object data=x>", "<form action=x><input name=y>", "<math><mi xlink:href=\"javascript:alert(1)\">"}) {
        CAPTURE(attempt);
        CHECK(what_runs_in(html_from_markdown(attempt)) == "");
    }
    CHECK(html_from_markdown("a <b>bold</b>") == "<p>a &lt;b&gt;bold&lt;/b&gt;</p>\n");
    CHECK(html_from_markdown("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    CHECK(html_from_markdown("<!-- for the editor -->\n\na") == "<p>a</p>\n");
}

TEST_CASE("markdown: only what is on the list passes, of whatever HTML it is made") {
    CHECK(allowed_html("<p class=\"x\" onclick=\"y\">a <script>b</script><u>c</u></p>").html == "<p>a bc</p>");
    CHECK(allowed_html("<code class=\"language-x&quot; y\">a</code>").html == "<code>a</code>");
    CHECK(allowed_html("<td align=\"x\">a</td><ol start=\"1x\"></ol>").html == "<td>a</td><ol></ol>");
    CHECK(allowed_html("<a href=\"a\" target=\"_top\" onclick=\"x\">b</a>").html == "<a href=\"a\">b</a>");
}

TEST_CASE("markdown: headings have ids of their own, and links within the text find them") {
    const std::string text = "# Rear shock\n\n## How to measure\n\n## How to *measure*\n\n### 漢字!\n\n[up](#rear-shock)";
    CHECK(html_from_markdown(text).find("<h2 id=\"section-how-to-measure-2\">How to <em>measure</em></h2>") != std::string::npos);
    CHECK(html_from_markdown(text).find("<a href=\"#section-rear-shock\">up</a>") != std::string::npos);
    std::string all;
    for (const auto& h : headings_of_markdown(text)) all += fmt::format("{} {} {}; ", h.level, h.text, h.id);
    CHECK(all == "1 Rear shock section-rear-shock; 2 How to measure section-how-to-measure; 2 How to measure section-how-to-measure-2; 3 漢字! section-漢字; ");
}

TEST_CASE("markdown: the words alone, and where links lead") {
    CHECK(text_of_markdown("# Title\n\nA *word* and\nanother.\n\n- one\n- [two](x.md)\n\n|a|b|\n|-|-|\n|1|2|\n\n```\ncode\n```\n\n![pic](y.png)") ==
          "Title\nA word and another.\none\ntwo\na b\n1 2\ncode\npic\n");
    CHECK(links_of_markdown("[a](x.md) ![b](/api/y) https://example.org") == std::vector<std::string>{"x.md", "/api/y", "https://example.org"});
}

TEST_CASE("markdown: what stands below each heading") {
    std::string all;
    for (const auto& s : sections_of_markdown("Before\n\n# A\n\none\n\n## B\n\n- two\n\n## C\n\n# D\n\n```\n# no heading\n```")) {
        auto text = s.text;
        std::ranges::replace(text, '\n', '/');
        all += fmt::format("{} {} [{}]; ", s.level, s.heading, text);
    }
    CHECK(all == "1 A [one/two/]; 2 B [two/]; 2 C []; 1 D [# no heading/]; ");
}

TEST_CASE("markdown: a text that is too long, too deep or no text is refused") {
    CHECK(refusal(std::string(256 * 1024, 'a')) == "");
    CHECK(refusal(std::string(256 * 1024 + 1, 'a')) == "markdown.too_long");
    CHECK(refusal("\xff") == "markdown.not_text");
    CHECK(refusal(std::string(90, '>') + "a") == "");
    CHECK(refusal(std::string(200, '>') + "a") == "markdown.too_deep");
    std::string emphasis;
    for (int i = 0; i < 500; ++i) emphasis += i % 2 ? "_a " : "*a ";
    for (int i = 500; i-- > 0;) emphasis += i % 2 ? " a_" : " a*";
    CHECK((refusal(emphasis) == "" || refusal(emphasis) == "markdown.too_deep"));
    std::string pictures;
    for (int i = 0; i < 1001; ++i) pictures += "![[]()";
    CHECK(refusal(pictures) == "markdown.too_intricate");
    CHECK(refusal(std::string(5001, '@')) == "markdown.too_intricate");
}

}  // namespace tessera::markdown::markdown_test
