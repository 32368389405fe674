#pragma once
// What a field of a record may be, and the options a declaration may give it. A record is a plain struct; its fields are
// declared once and everything else (column, JSON, form, list, import, validation) follows from the declaration.
//
//     kernel.entity<Claim>("warranty.claim", "Warranty claim")
//         .field("customer", &Claim::customer, tessera::required)
//         .field("estimated_cost", &Claim::estimated_cost, tessera::help("Provided for on acceptance"));
//
// Types: std::string, std::int64_t, int, bool, Money, Currency, Quantity, UnitPrice, Rate, Percent, Date, Instant,
// Id<Record> (a reference), an enumeration with names_of(), and std::optional of any of them. "None" of a text, date,
// instant or reference is its empty value, stored as NULL; numbers are 0 unless they are optional.
//
// A field of type Currency gives its currency to the Money fields declared after it and to those of the lines; before it (and
// without one) Money is in the currency of the books. One that says something else, such as the currency in which a customer
// reckons, is declared with governs_no_amounts. In a plain struct that receives rows of a query every Currency governs.

#include <tessera/books.h>
#include <tessera/date.h>
#include <tessera/id.h>
#include <tessera/json.h>
#include <tessera/names.h>
#include <tessera/sql.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <vector>

namespace tessera {

enum class FieldKind { text, integer, boolean, money, quantity, price, rate, percent, date, instant, choice, reference };
constexpr auto names_of(FieldKind) {
    return names("text", "integer", "boolean", "money", "quantity", "price", "rate", "percent", "date", "instant", "choice",
                 "reference");
}

// What reading a value needs to know: the books and the currency that is in force at this point of the record.
struct Reading {
    const Books* books = nullptr;
    Currency     currency{};
};

// A value as it arrives from outside: JSON, CSV, a query string or the command line.
struct InputValue {
    enum class Kind { none, boolean, integer, text } kind = Kind::none;
    bool             boolean = false;
    std::int64_t     integer = 0;
    std::string_view text{};
    static InputValue of_text(std::string_view t) { return t.empty() ? InputValue{} : InputValue{Kind::text, false, 0, t}; }
    static InputValue of_integer(std::int64_t i) { return {Kind::integer, false, i, {}}; }
    static InputValue of_boolean(bool b) { return {Kind::boolean, b, 0, {}}; }
    bool              none() const { return kind == Kind::none; }
};

namespace field {
// Shared parts of the traits, out of line.
TESSERA_API std::int64_t integer_from(const InputValue&);                   // 12 or "12"
TESSERA_API bool         boolean_from(const InputValue&);                   // true, "true", "yes", "1"
TESSERA_API std::string  text_from(const InputValue&);                      // valid UTF-8 without control characters but line breaks and tabs
TESSERA_API std::int64_t decimal_from(const InputValue&, int decimals);     // 12 or "12.5"; never a JSON fraction
TESSERA_API Date         date_from(const InputValue&);
TESSERA_API Instant      instant_from(const InputValue&);
}  // namespace field

// FieldTraits<T> is how one type of field is stored, read, written and parsed. `none` says whether a value is absent.
template <class T>
struct FieldTraits;

template <>
struct FieldTraits<std::string> {
    static constexpr FieldKind kind = FieldKind::text;
    static bool none(const std::string& v) { return v.empty(); }
    static void bind(Statement& s, int i, const std::string& v) { v.empty() ? s.bind_null(i) : s.bind(i, std::string_view(v)); }
    static void read(Statement& s, int c, std::string& v, Reading&) { v.assign(s.text(c)); }
    static void json(JsonWriter& w, const std::string& v) { v.empty() ? w.null() : w.value(std::string_view(v)); }
    static void assign(std::string& v, const InputValue& in, Reading&) { v = in.none() ? std::string{} : field::text_from(in); }
};

template <std::integral T>
    requires(!std::same_as<T, bool>)
struct FieldTraits<T> {
    static constexpr FieldKind kind = FieldKind::integer;
    static bool none(T) { return false; }
    static void bind(Statement& s, int i, T v) { s.bind(i, static_cast<std::int64_t>(v)); }
    static void read(Statement& s, int c, T& v, Reading&) { v = static_cast<T>(s.integer(c)); }
    static void json(JsonWriter& w, T v) { w.value(static_cast<std::int64_t>(v)); }
    static void assign(T& v, const InputValue& in, Reading&) {
        const auto wide = in.none() ? 0 : field::integer_from(in);
        if (!std::in_range<T>(wide))
            throw Refused("kernel.number_out_of_range", "To set this, use a smaller number than {}.", wide).with_status(422);
        v = static_cast<T>(wide);
    }
};

template <>
struct FieldTraits<bool> {
    static constexpr FieldKind kind = FieldKind::boolean;
    static bool none(bool) { return false; }
    static void bind(Statement& s, int i, bool v) { s.bind(i, static_cast<std::int64_t>(v)); }
    static void read(Statement& s, int c, bool& v, Reading&) { v = s.integer(c) != 0; }
    static void json(JsonWriter& w, bool v) { w.value(v); }
    static void assign(bool& v, const InputValue& in, Reading&) { v = !in.none() && field::boolean_from(in); }
};

template <>
struct FieldTraits<Money> {
    static constexpr FieldKind kind = FieldKind::money;
    static bool none(const Money&) { return false; }
    static void bind(Statement& s, int i, const Money& v) { s.bind(i, v.minor()); }
    static void read(Statement& s, int c, Money& v, Reading& r) { v = Money{s.integer(c), r.currency}; }
    static void json(JsonWriter& w, const Money& v) { w.decimal(v.minor(), v.currency().decimals(), v.currency().decimals()); }
    static void assign(Money& v, const InputValue& in, Reading& r) {
        v = Money{in.none() ? 0 : field::decimal_from(in, r.currency.decimals()), r.currency};
    }
};

template <>
struct FieldTraits<Currency> {
    static constexpr FieldKind kind = FieldKind::text;
    static bool none(const Currency& v) { return v.none(); }
    static void bind(Statement& s, int i, const Currency& v) { v.none() ? s.bind_null(i) : s.bind(i, v.code()); }
    static void read(Statement& s, int c, Currency& v, Reading& r) {
        v          = s.is_null(c) ? r.books->currency : r.books->currency_of(s.text(c));
        r.currency = v;
    }
    static void json(JsonWriter& w, const Currency& v) { v.none() ? w.null() : w.value(v.code()); }
    static void assign(Currency& v, const InputValue& in, Reading& r) {
        v          = in.none() ? r.books->currency : r.books->currency_of(field::text_from(in));
        r.currency = v;
    }
};

template <class Tag, int Decimals>
struct FieldTraits<Fixed<Tag, Decimals>> {
    using T = Fixed<Tag, Decimals>;
    static constexpr FieldKind kind = std::same_as<T, Quantity>    ? FieldKind::quantity
                                      : std::same_as<T, UnitPrice> ? FieldKind::price
                                      : std::same_as<T, Rate>      ? FieldKind::rate
                                                                   : FieldKind::percent;
    static bool none(const T&) { return false; }
    static void bind(Statement& s, int i, const T& v) { s.bind(i, v.raw()); }
    static void read(Statement& s, int c, T& v, Reading&) { v = T::raw(s.integer(c)); }
    static void json(JsonWriter& w, const T& v) { w.decimal(v.raw(), Decimals, 0); }
    static void assign(T& v, const InputValue& in, Reading&) { v = T::raw(in.none() ? 0 : field::decimal_from(in, Decimals)); }
};

template <>
struct FieldTraits<Date> {
    static constexpr FieldKind kind = FieldKind::date;
    static bool none(const Date& v) { return v.empty(); }
    static void bind(Statement& s, int i, const Date& v) {
        if (v.empty()) return s.bind_null(i);
        std::string text;                                       // ten characters: never allocates
        v.append_to(text);
        s.bind(i, std::string_view(text));
    }
    static void read(Statement& s, int c, Date& v, Reading&) { v = s.is_null(c) ? Date{} : Date::parse(s.text(c)); }
    static void json(JsonWriter& w, const Date& v) {
        if (v.empty()) return w.null();
        std::string text;
        v.append_to(text);
        w.plain(text);
    }
    static void assign(Date& v, const InputValue& in, Reading&) { v = in.none() ? Date{} : field::date_from(in); }
};

template <>
struct FieldTraits<Instant> {
    static constexpr FieldKind kind = FieldKind::instant;
    static bool none(const Instant& v) { return v.empty(); }
    static void bind(Statement& s, int i, const Instant& v) { v.empty() ? s.bind_null(i) : s.bind(i, v.microseconds()); }
    static void read(Statement& s, int c, Instant& v, Reading&) { v = Instant::from_microseconds(s.integer(c)); }
    static void json(JsonWriter& w, const Instant& v) { v.empty() ? w.null() : w.value(std::string_view(v.str())); }
    static void assign(Instant& v, const InputValue& in, Reading&) { v = in.none() ? Instant{} : field::instant_from(in); }
};

template <class Record>
struct FieldTraits<Id<Record>> {
    static constexpr FieldKind kind = FieldKind::reference;
    static bool none(const Id<Record>& v) { return !v; }
    static void bind(Statement& s, int i, const Id<Record>& v) { v ? s.bind(i, v.value) : s.bind_null(i); }
    static void read(Statement& s, int c, Id<Record>& v, Reading&) { v.value = s.integer(c); }
    static void json(JsonWriter& w, const Id<Record>& v) { v ? w.value(v.value) : w.null(); }
    static void assign(Id<Record>& v, const InputValue& in, Reading&) { v.value = in.none() ? 0 : field::integer_from(in); }
};

template <NamedEnum E>
struct FieldTraits<E> {
    static constexpr FieldKind kind = FieldKind::choice;
    static bool none(const E&) { return false; }
    static void bind(Statement& s, int i, const E& v) { s.bind(i, name_of(v)); }
    static void read(Statement& s, int c, E& v, Reading&) { v = s.is_null(c) ? E{} : value_named<E>(s.text(c)); }
    static void json(JsonWriter& w, const E& v) { w.value(name_of(v)); }
    static void assign(E& v, const InputValue& in, Reading&) { v = in.none() ? E{} : value_named<E>(field::text_from(in)); }
};

template <class T>
struct FieldTraits<std::optional<T>> {
    static constexpr FieldKind kind = FieldTraits<T>::kind;
    static bool none(const std::optional<T>& v) { return !v; }
    static void bind(Statement& s, int i, const std::optional<T>& v) { v ? FieldTraits<T>::bind(s, i, *v) : s.bind_null(i); }
    static void read(Statement& s, int c, std::optional<T>& v, Reading& r) {
        if (s.is_null(c)) return v.reset();
        FieldTraits<T>::read(s, c, v.emplace(), r);
    }
    static void json(JsonWriter& w, const std::optional<T>& v) { v ? FieldTraits<T>::json(w, *v) : w.null(); }
    static void assign(std::optional<T>& v, const InputValue& in, Reading& r) {
        if (in.none()) return v.reset();
        FieldTraits<T>::assign(v.emplace(), in, r);
    }
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
concept FieldType = requires(T& v, const T& c, Statement& s, JsonWriter& w, const InputValue& in, Reading& r) {
    { FieldTraits<T>::kind } -> std::convertible_to<FieldKind>;
    FieldTraits<T>::bind(s, 1, c);
    FieldTraits<T>::read(s, 0, v, r);
    FieldTraits<T>::json(w, c);
    FieldTraits<T>::assign(v, in, r);
};

template <class T>
struct ReferencedRecord { using type = void; };
template <class R>
struct ReferencedRecord<Id<R>> { using type = R; };
template <class R>
struct ReferencedRecord<std::optional<Id<R>>> { using type = R; };

// One field of a described record, with its accessors on an untyped record.
struct FieldDescription {
    std::string name{};
    std::string label{};                        // "Estimated cost", made from the name unless given
    std::string help{};
    FieldKind   kind       = FieldKind::text;
    bool        required   = false;             // refused when none; for numbers: must not be zero
    bool        read_only  = false;             // shown, never set from outside
    bool        unique     = false;
    bool        indexed    = false;
    bool        searchable = false;             // found by `search=`
    bool        in_list    = true;
    bool        multiline  = false;
    bool        nullable   = false;             // the column takes NULL
    bool        is_currency = false;            // gives its currency to the amounts after it
    bool        positive   = false;             // > 0
    bool        not_negative = false;           // >= 0
    bool        personal   = false;             // says something about a person: erased on request, and never sealed in the audit trail
    bool        kept_while_used = false;        // of personal ones: not erased while documents name the record
    bool        erased_with = false;            // of a reference: the record is erased together with what this names
    std::string added_by{};                     // the module whose extension it belongs to; empty: of the entity itself
    bool        custom     = false;             // the operator's own
    int         decimals   = 0;
    int         longest    = 4000;              // characters of a text
    std::string default_value{};                // of a fresh record, as text; shown in forms
    std::string references{};                   // entity name; filled in when all modules are known
    std::type_index referenced_type{typeid(void)};
    std::vector<std::string_view> choices{};

    std::function<bool(const void*)>                                none{};
    std::function<void(const void*, Statement&, int)>               bind{};
    std::function<void(void*, Statement&, int, Reading&)>           read{};
    std::function<void(const void*, JsonWriter&)>                   json{};
    std::function<void(void*, const InputValue&, Reading&)>         assign{};
    std::function<bool(const void*, const void*)>                   equal{};
    std::function<void(void*, const void*)>                         copy{};       // the value of the second record into the first
    std::function<std::int64_t(const void*)>                        number{};     // integers, references, raw decimals, minor units; else empty
};

// A field's name becomes a column of both engines: words of SQL (from, to, order, user, group …) are refused when it is declared.
//
// Field options. `tessera::required` and so on are values; help(), label() and the like take their argument.
using FieldOption = std::function<void(FieldDescription&)>;
inline const FieldOption required     = [](FieldDescription& f) { f.required = true; };
inline const FieldOption read_only    = [](FieldDescription& f) { f.read_only = true; };
inline const FieldOption unique       = [](FieldDescription& f) { f.unique = true; };
inline const FieldOption indexed      = [](FieldDescription& f) { f.indexed = true; };
inline const FieldOption searchable   = [](FieldDescription& f) { f.searchable = true; };
inline const FieldOption not_in_list  = [](FieldDescription& f) { f.in_list = false; };
inline const FieldOption multiline    = [](FieldDescription& f) { f.multiline = true; f.in_list = false; };
inline const FieldOption positive     = [](FieldDescription& f) { f.positive = true; };
inline const FieldOption not_negative = [](FieldDescription& f) { f.not_negative = true; };
// Personal data: `tessera erase` blanks it and takes its values out of the audit trail, where only digests are sealed. What the law
// wants whole on documents is kept_while_used as well. A record that is about whom a reference names is erased_with it.
inline const FieldOption personal        = [](FieldDescription& f) { f.personal = true; };
inline const FieldOption kept_while_used = [](FieldDescription& f) { f.kept_while_used = true; };
inline const FieldOption erased_with     = [](FieldDescription& f) { f.erased_with = true; };
// A currency that no amount of the record is in: amounts after it keep theirs. Where it may be left out, std::optional<Currency>.
inline const FieldOption governs_no_amounts = [](FieldDescription& f) {
    f.is_currency = false;
    f.read        = [read = std::move(f.read)](void* r, Statement& s, int c, Reading& in) {
        Reading own = in;
        read(r, s, c, own);
    };
    f.assign = [assign = std::move(f.assign)](void* r, const InputValue& v, Reading& in) {
        Reading own = in;
        assign(r, v, own);
    };
};
inline FieldOption help(std::string text) { return [text = std::move(text)](FieldDescription& f) { f.help = text; }; }
inline FieldOption label(std::string text) { return [text = std::move(text)](FieldDescription& f) { f.label = text; }; }
inline FieldOption longest(int characters) { return [characters](FieldDescription& f) { f.longest = characters; }; }

namespace field {
// The integer behind a number, an amount or a reference; 0 of an optional that has none.
template <class T>
constexpr bool has_number() {
    if constexpr (IsOptional<T>::value) return has_number<typename T::value_type>();
    else return std::integral<T> || !std::is_void_v<typename ReferencedRecord<T>::type> || requires(const T& v) { v.minor(); } ||
                requires(const T& v) { { v.raw() } -> std::same_as<std::int64_t>; };
}
template <class T>
std::int64_t number_of(const T& v) {
    if constexpr (IsOptional<T>::value) return v ? number_of(*v) : 0;
    else if constexpr (std::integral<T>) return static_cast<std::int64_t>(v);
    else if constexpr (requires { v.minor(); }) return v.minor();
    else if constexpr (requires { v.raw(); }) return v.raw();
    else return v.value;
}
}  // namespace field

// Makes the description of one member; used by the builders of entities, events and inputs.
template <class Record, FieldType T>
FieldDescription describe_field(std::string name, T Record::* member, std::initializer_list<FieldOption> options) {
    FieldDescription f;
    f.name        = std::move(name);
    f.kind        = FieldTraits<T>::kind;
    f.nullable    = IsOptional<T>::value || f.kind == FieldKind::text || f.kind == FieldKind::date ||
                 f.kind == FieldKind::instant || f.kind == FieldKind::reference;
    f.is_currency = std::same_as<T, Currency> || std::same_as<T, std::optional<Currency>>;
    if constexpr (!std::is_void_v<typename ReferencedRecord<T>::type>)
        f.referenced_type = typeid(typename ReferencedRecord<T>::type);
    if constexpr (requires { T::decimals; }) {
        if constexpr (std::convertible_to<decltype(T::decimals), int>) f.decimals = T::decimals;
    }
    if constexpr (NamedEnum<T>) {
        constexpr auto all = names_of(T{});
        f.choices.assign(all.begin(), all.end());
    }
    if constexpr (IsOptional<T>::value) {
        if constexpr (NamedEnum<typename T::value_type>) {
            constexpr auto all = names_of(typename T::value_type{});
            f.choices.assign(all.begin(), all.end());
        }
    }
    const auto of = [member](const void* record) -> const T& { return static_cast<const Record*>(record)->*member; };
    f.none   = [of](const void* r) { return FieldTraits<T>::none(of(r)); };
    f.bind   = [of](const void* r, Statement& s, int i) { FieldTraits<T>::bind(s, i, of(r)); };
    f.read   = [member](void* r, Statement& s, int c, Reading& in) { FieldTraits<T>::read(s, c, static_cast<Record*>(r)->*member, in); };
    f.json   = [of](const void* r, JsonWriter& w) { FieldTraits<T>::json(w, of(r)); };
    f.assign = [member](void* r, const InputValue& v, Reading& in) { FieldTraits<T>::assign(static_cast<Record*>(r)->*member, v, in); };
    f.equal  = [of](const void* a, const void* b) { return of(a) == of(b); };
    f.copy   = [member, of](void* to, const void* from) { static_cast<Record*>(to)->*member = of(from); };
    if constexpr (field::has_number<T>()) f.number = [of](const void* r) { return field::number_of(of(r)); };
    for (const auto& option : options) option(f);
    return f;
}

// A described set of fields without a table: the payload of an event, the input of a transition, report parameters.
template <class Record>
class Fields {
public:
    template <FieldType T, class... Option>
    Fields& field(std::string name, T Record::* member, const Option&... option) {
        fields_.push_back(describe_field<Record, T>(std::move(name), member, {FieldOption(option)...}));
        return *this;
    }
    std::vector<FieldDescription> take() && { return std::move(fields_); }

private:
    std::vector<FieldDescription> fields_;
};

}  // namespace tessera
