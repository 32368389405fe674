#pragma once
// JSON in both directions. JsonWriter appends to a text and owns nothing; parse_json reads what came from outside and
// refuses everything that two programs could understand in two ways.
//
//     std::string out;
//     JsonWriter  json(out);
//     json.begin_object();
//     json.member("name", "Chain");
//     json.key("price").decimal(1250, 2, 2);             // "price":"12.50": exact decimals travel as strings
//     json.end_object();
//
// The writer sets the commas; that begins and ends pair up is the caller's business. Texts must be valid UTF-8.

#include <tessera/refused.h>

#include <boost/json/fwd.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

class TESSERA_API JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    JsonWriter& key(std::string_view name) {
        before_value();
        append_text(name);
        out_ += ':';
        comma_ = false;
        return *this;
    }

    void value(std::string_view text) {
        before_value();
        append_text(text);
    }
    // The same for what has nothing to escape: days, names made of letters, digits and underscores.
    JsonWriter& plain_key(std::string_view name) {
        before_value();
        append_quoted(name);
        out_ += ':';
        comma_ = false;
        return *this;
    }
    void plain(std::string_view text) {
        before_value();
        append_quoted(text);
    }
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    template <std::same_as<bool> Flag>
    void value(Flag flag) {
        before_value();
        out_.append(flag ? "true" : "false");
    }
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool> && !std::same_as<Integer, char>) void value(Integer number) {
        before_value();
        char       digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
        out_.append(digits, static_cast<std::size_t>(end - digits));
    }
    void null() { raw("null"); }
    // value / 10^decimals as a string, as append_decimal prints it.
    void decimal(std::int64_t value, int decimals, int minimum_decimals = 0);
    // A value that is JSON already.
    void raw(std::string_view json) {
        before_value();
        out_.append(json);
    }

    template <class Value>
    void member(std::string_view name, const Value& one) {
        key(name).value(one);
    }

private:
    void before_value() {
        if (comma_) out_ += ',';
        comma_ = true;
    }
    void open(char bracket) {
        before_value();
        out_ += bracket;
        comma_ = false;
    }
    void close(char bracket) {
        out_ += bracket;
        comma_ = true;
    }
    void append_text(std::string_view text);
    void append_quoted(std::string_view text) {
        out_ += '"';
        out_.append(text);
        out_ += '"';
    }

    std::string& out_;
    bool         comma_ = false;  // whether the next value follows another
};

// Reads one JSON value. Refused with "kernel.malformed_json" (400), naming the byte: what is not JSON, a key given
// twice in one object, invalid UTF-8, nesting deeper than 32, an integer beyond 64 bits, and a fraction that a double
// cannot give back (more than 15 digits, or out of its range). So every integer in the result is an int64, and every
// double prints as the digits that were sent. Include <boost/json.hpp> to use the result.
TESSERA_API boost::json::value parse_json(std::string_view text);

}  // namespace tessera
