#include <tessera/json.h>

#include <tessera/text.h>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <vector>

namespace tessera {
namespace values::json {

using boost::json::error_code;

constexpr std::size_t deepest        = 32;
constexpr std::size_t digits_carried = 15;  // of a decimal through a double and back

// Builds the value as the parser reports its pieces, and remembers why it refused one.
struct Builder {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size  = std::size_t(-1);
    static constexpr std::size_t max_key_size    = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    boost::json::value              result{};
    std::vector<boost::json::value> open{};  // the objects and arrays around the next value
    std::vector<std::string>        keys{};  // the key each open object waits to fill
    std::string                     text{};
    std::string                     reason{};

    bool refuse(std::string why, error_code& error) {
        reason = std::move(why);
        error  = boost::json::error::syntax;
        return false;
    }

    bool place(boost::json::value value) {
        if (open.empty())
            result = std::move(value);
        else if (open.back().is_array())
            open.back().get_array().push_back(std::move(value));
        else
            open.back().get_object().emplace(keys.back(), std::move(value));
        return true;
    }

    bool close() {
        boost::json::value whole = std::move(open.back());
        open.pop_back();
        return place(std::move(whole));
    }

    bool take_key(error_code& error) {
        if (open.back().get_object().contains(text))
            return refuse(fmt::format("the key \"{}\" is given twice", excerpt(text)), error);
        keys.back() = std::exchange(text, {});
        return true;
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        open.emplace_back(boost::json::object_kind);
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, error_code&) {
        keys.pop_back();
        return close();
    }
    bool on_array_begin(error_code&) {
        open.emplace_back(boost::json::array_kind);
        return true;
    }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_key_part(std::string_view part, std::size_t, error_code&) {
        text.append(part);
        return true;
    }
    bool on_key(std::string_view part, std::size_t, error_code& error) {
        text.append(part);
        return take_key(error);
    }
    bool on_string_part(std::string_view part, std::size_t, error_code&) {
        text.append(part);
        return true;
    }
    bool on_string(std::string_view part, std::size_t, error_code&) {
        text.append(part);
        place(boost::json::value(text));
        text.clear();
        return true;
    }
    bool on_number_part(std::string_view part, error_code&) {
        text.append(part);
        return true;
    }
    bool on_int64(std::int64_t number, std::string_view, error_code&) {
        text.clear();
        return place(number);
    }
    bool on_uint64(std::uint64_t, std::string_view part, error_code& error) { return refuse_number(part, error); }
    bool on_double(double, std::string_view part, error_code& error) {
        text.append(part);
        return take_fraction(error);
    }
    bool on_bool(bool flag, error_code&) { return place(flag); }
    bool on_null(error_code&) { return place(nullptr); }
    bool on_comment_part(std::string_view, error_code&) { return true; }
    bool on_comment(std::string_view, error_code&) { return true; }

    bool refuse_number(std::string_view part, error_code& error) {
        text.append(part);
        return refuse(fmt::format("the number {} cannot be kept exactly; send it as a string", excerpt(text)), error);
    }

    bool take_fraction(error_code& error) {
        const auto mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
        const bool whole    = text.find_first_of(".eE") == std::string::npos;
        double     number   = 0;
        const auto read     = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool exact    = read.ec == std::errc() && (std::isnormal(number) || number == 0);
        if (whole || !exact || significant_digits(mantissa) > digits_carried) return refuse_number({}, error);
        text.clear();
        return place(number);
    }

    static std::size_t significant_digits(std::string_view mantissa) {
        std::size_t digits = 0, zeros = 0;
        for (const char c : mantissa) {
            if (c < '0' || c > '9' || (c == '0' && digits == 0)) continue;
            zeros = c == '0' ? zeros + 1 : 0;
            ++digits;
        }
        return digits - zeros;
    }
};

std::string reason_of(const Builder& builder, const error_code& error) {
    if (!builder.reason.empty()) return builder.reason;
    if (error == boost::json::error::too_deep) return fmt::format("it is nested deeper than {}", deepest);
    if (error == boost::json::error::incomplete) return "it ends too early";
    if (error == boost::json::error::extra_data) return "something follows its end";
    if (error == boost::json::error::exponent_overflow) return "the number is too large";
    return error.message();
}

}  // namespace values::json

boost::json::value parse_json(std::string_view text) {
    namespace own = values::json;
    boost::json::parse_options options;
    options.max_depth = own::deepest;
    boost::json::basic_parser<own::Builder> parser(options);
    own::error_code                         error;
    const auto                              read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size()) error = boost::json::error::extra_data;
    if (error)
        throw Refused("kernel.malformed_json", "To send this, mend the JSON at byte {}: {}.", read + 1,
                      own::reason_of(parser.handler(), error))
            .with_status(400);
    return std::move(parser.handler().result);
}

}  // namespace tessera
