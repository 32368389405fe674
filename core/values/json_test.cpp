#include <tessera/json.h>

#include "values/refusal.h"

#include <doctest/doctest.h>
#include <boost/json.hpp>

#include <limits>
#include <random>

namespace tessera::values::json_test {

std::string sentence_of(std::string_view text) {
    try {
        parse_json(text);
        return {};
    } catch (const Refused& refused) {
        CHECK(refused.code() == "kernel.malformed_json");
        CHECK(refused.status() == 400);
        return refused.sentence();
    }
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST_CASE("json: the writer sets commas, quotes and exact decimals") {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.member("name", "Chain \"5\"");
    json.key("price").decimal(1250, 2, 2);
    json.member("count", 3);
    json.member("most", std::numeric_limits<std::int64_t>::max());
    json.member("least", std::numeric_limits<std::int64_t>::min());
    json.member("active", true);
    json.key("none").null();
    json.key("lines").begin_array();
    json.begin_object();
    json.end_object();
    json.value(std::string("x"));
    json.value(std::string_view("y"));
    json.raw("[1,2]");
    json.begin_array();
    json.end_array();
    json.end_array();
    json.member("last", std::size_t{7});
    json.end_object();
    CHECK(out ==
          R"({"name":"Chain \"5\"","price":"12.50","count":3,"most":9223372036854775807,"least":-9223372036854775808,)"
          R"("active":true,"none":null,"lines":[{},"x","y",[1,2],[]],"last":7})");
}

TEST_CASE("json: texts are escaped so that they read back") {
    std::string every;
    for (int c = 0; c < 128; ++c) every += static_cast<char>(c);
    every += "é€😀";
    std::string out;
    JsonWriter(out).value(every);
    CHECK(std::string_view(parse_json(out).as_string()) == every);
    std::string known;
    JsonWriter(known).value("\"\\\b\f\n\r\t\x01/é");
    CHECK(known == R"("\"\\\b\f\n\r\t\u0001/é")");
}

TEST_CASE("json: a byte that needs escaping is found wherever it stands") {
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t length = 1; length <= 20; ++length)
            for (std::size_t at = 0; at < length; ++at) {
                std::string text(length, 'a');
                text[at] = static_cast<char>(byte);
                std::string json;
                JsonWriter(json).value(text);
                const bool escaped = byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
                if ((json.size() > length + 2) != escaped) FAIL("byte ", byte, " at ", at, " of ", length, ": ", json);
            }
}

TEST_CASE("json: well-formed values are read") {
    CHECK(parse_json(" null ").is_null());
    CHECK(parse_json("true").as_bool());
    CHECK(parse_json("\"\"").as_string().empty());
    CHECK(parse_json("9223372036854775807").as_int64() == std::numeric_limits<std::int64_t>::max());
    CHECK(parse_json("-9223372036854775808").as_int64() == std::numeric_limits<std::int64_t>::min());
    CHECK(parse_json("-0").as_int64() == 0);
    const auto order =
        parse_json(R"({"number":"PO-1","lines":[{"id":1,"quantity":"2.5"},{"id":2}],"note":null,"a":{"a":{}}})");
    CHECK(order.at("lines").as_array().size() == 2);
    CHECK(order.at("lines").at(1).at("id").as_int64() == 2);
    CHECK(order.at("note").is_null());
    CHECK(boost::json::serialize(order) ==
          R"({"number":"PO-1","lines":[{"id":1,"quantity":"2.5"},{"id":2}],"note":null,"a":{"a":{}}})");
    CHECK(parse_json(R"("\u20ac\ud83d\ude00")").as_string() == "€😀");
}

TEST_CASE("json: fractions are read when a double gives their digits back") {
    struct Row {
        std::string_view text;
        double           value;
    };
    for (const auto& row :
         {Row{"0.1", 0.1}, Row{"-12.50", -12.5}, Row{"1e3", 1000}, Row{"1E-2", 0.01}, Row{"0.0", 0}, Row{"-0.0e9", 0},
          Row{"123456789.012345", 123456789.012345}, Row{"1.000000000000000000000", 1}, Row{"1e308", 1e308}})
        CHECK_MESSAGE(parse_json(row.text).as_double() == row.value, row.text);
    for (const std::string_view text :
         {"1e400", "-1e400", "1e-400", "4e-320", "123456789012345678901234567890", "-123456789012345678901234567890",
          "9223372036854775808", "18446744073709551616", "-9223372036854775809", "0.1234567890123456789",
          "1234567890123456.5", "1e99999999999999999999", "[1,1e309]", "12345678901234567e3"})
        CHECK_MESSAGE(refusal([&] { parse_json(text); }) == "kernel.malformed_json", text);
}

TEST_CASE("json: what two programs could read in two ways is refused with its place") {
    CHECK(sentence_of(R"({"a":1,"b":2,"a":3})") ==
          "To send this, mend the JSON at byte 16: the key \"a\" is given twice.");
    CHECK(sentence_of(R"({"a":1,"\u0061":3})").find("the key \"a\" is given twice") != std::string::npos);
    CHECK(sentence_of(R"([{"a":{"b":1}},{"a":{"b":1}}])") == "");
    CHECK(sentence_of("[123456789012345678901234567890]") ==
          "To send this, mend the JSON at byte 32: the number 123456789012345678901234567890 cannot be kept exactly; "
          "send it as a string.");
    CHECK(sentence_of("") == "To send this, mend the JSON at byte 1: it ends too early.");
    CHECK(sentence_of("[1,") == "To send this, mend the JSON at byte 4: it ends too early.");
    CHECK(sentence_of("1 2") == "To send this, mend the JSON at byte 3: something follows its end.");
    CHECK(sentence_of(nested(32)) == "");
    CHECK(sentence_of(nested(33)) == "To send this, mend the JSON at byte 33: it is nested deeper than 32.");
    CHECK(sentence_of(nested(1'000'000)).ends_with("it is nested deeper than 32."));
    for (const std::string_view text : {"{",
                                        "}",
                                        "[1,]",
                                        "{\"a\":1,}",
                                        "{a:1}",
                                        "{'a':1}",
                                        "01",
                                        "+1",
                                        ".5",
                                        "5.",
                                        "1.e3",
                                        "NaN",
                                        "Infinity",
                                        "-Infinity",
                                        "nul",
                                        "True",
                                        "\"\xFF\"",
                                        "\"\xC0\xAF\"",
                                        "\"\xED\xA0\x80\"",
                                        "\"\\ud800\"",
                                        "\"\\udc00x\"",
                                        "\"\n\"",
                                        "\"\\x41\"",
                                        "\"a",
                                        "/*c*/1",
                                        "// c\n1",
                                        "\xEF\xBB\xBF"
                                        "1",
                                        "[1 2]",
                                        "{\"a\" 1}",
                                        "\x01",
                                        "{\"\xFF\":1}"})
        CHECK_MESSAGE(refusal([&] { parse_json(text); }) == "kernel.malformed_json", text);
    CHECK(refusal([] { parse_json(std::string_view("1\0", 2)); }) == "kernel.malformed_json");
}

TEST_CASE("json: long texts and many keys are read whole") {
    const std::string text(100'000, 'x');
    CHECK(parse_json("\"" + text + "\\n" + text + "\"").as_string().size() == 200'001);
    std::string object;
    JsonWriter  json(object);
    json.begin_object();
    for (int i = 0; i < 20'000; ++i) json.member(text.substr(0, 20) + std::to_string(i), i);
    json.end_object();
    const auto value = parse_json(object);
    CHECK(value.as_object().size() == 20'000);
    CHECK(boost::json::serialize(value) == object);
}

TEST_CASE("json: any bytes are read or refused") {
    std::mt19937_64 random(5);
    for (int i = 0; i < 100'000; ++i) {
        constexpr std::string_view bytes = "{}[]\"\\,:01e-.u tnaf\xC3\xA9\xFF";
        std::string                text;
        for (auto left = random() % 16; left > 0; --left) text += bytes[random() % bytes.size()];
        const auto code = refusal([&] { parse_json(text); });
        REQUIRE((code.empty() || code == "kernel.malformed_json"));
    }
}

}  // namespace tessera::values::json_test
