#include <tessera/money.h>

#include <tessera/text.h>

#include <algorithm>

namespace tessera {
namespace values::currency {

// ISO 4217 lists one (the current codes) and three (the withdrawn ones that old documents still name), by the decimals
// of the minor unit. Metals, units of account and the test codes have none in the standard; they are kept at two.
constexpr std::string_view no_decimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
    "ADP AFA BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL";
constexpr std::string_view two_decimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
    "CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE "
    "SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER "
    "ZAR ZMW ZWG ZWL "
    "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX "
    "AON AOR ARA ARP ATS AYM AZM BAD BGL BRC BRE BRN BRR CSD CSK CYP DDM DEM ECS EEK FIM FRF GEK GHC GWP HRD HRK IEP "
    "KRH LTL LTT LVL LVR MLF MRO MTL MXP MZM NIC NLG PEI PES PLZ ROL RUR SDD SDP SIT SKK SRG STD SUR TJR TMM UAK UYN "
    "VEB VEF XEU XFO XFU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWD ZWN ZWR";
constexpr std::string_view three_decimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view four_decimals  = "CLF UYW";

constexpr std::uint8_t unknown = 0xFF;

constexpr bool is_code(std::string_view code) {
    return code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr std::size_t place(std::string_view code) {
    const auto letter = [&](std::size_t i) { return static_cast<std::size_t>(code[i] - 'A'); };
    return (letter(0) * 26 + letter(1)) * 26 + letter(2);
}

// A row of the database names its currency, so the lookup is one index into all three-letter words.
constexpr auto decimals_of_word = [] {
    std::array<std::uint8_t, 26 * 26 * 26> decimals{};
    decimals.fill(unknown);
    const auto list = [&](std::string_view codes, std::uint8_t count) {
        for (std::size_t at = 0; at < codes.size(); at += 4) decimals[place(codes.substr(at, 3))] = count;
    };
    list(no_decimals, 0);
    list(two_decimals, 2);
    list(three_decimals, 3);
    list(four_decimals, 4);
    return decimals;
}();

}  // namespace values::currency

Currency Currency::of(std::string_view code) {
    namespace own       = values::currency;
    const auto decimals = own::is_code(code) ? own::decimals_of_word[own::place(code)] : own::unknown;
    if (decimals == own::unknown)
        throw Refused("kernel.unknown_currency",
                      "To name a currency, use its ISO 4217 code, such as USD or EUR; \"{}\" is not one.",
                      excerpt(code))
            .with_status(422);
    return of(code, decimals);
}

Currency Currency::of(std::string_view code, int decimals) {
    if (!values::currency::is_code(code))
        throw Refused("kernel.unknown_currency",
                      "To name a currency, use three capital letters, such as USD; \"{}\" is not.", excerpt(code))
            .with_status(422);
    if (decimals < 0 || decimals > 6)
        throw Refused("kernel.unknown_currency", "To keep amounts in {}, choose 0 to 6 decimals, not {}.", code,
                      decimals)
            .with_status(422);
    Currency currency;
    currency.code_     = {code[0], code[1], code[2]};
    currency.decimals_ = static_cast<std::uint8_t>(decimals);
    return currency;
}

}  // namespace tessera
