#include "services/iban.h"

#include <doctest/doctest.h>

TEST_CASE("bank account: an IBAN proves itself by its check digits (ISO 13616 examples)") {
    struct Row {
        const char* number;
        bool        iban;
        bool        sound;
    };
    const Row rows[] = {
        {"GB29 NWBK 6016 1331 9268 19", true, true},
        {"DE89 3704 0044 0532 0130 00", true, true},
        {"fr14 2004 1010 0505 0001 3m02 606", true, true},
        {"NO93 8601 1117 947", true, true},
        {"DE89 3704 0044 0532 0130 01", true, false},
        {"DE98 3704 0044 0532 0130 00", true, false},
        {"021000021-1234567", false, false},
        {"1234567890", false, false},
        {"DE89", false, false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.number);
        CHECK(directory::looks_like_iban(row.number) == row.iban);
        if (row.iban) CHECK(directory::iban_is_sound(directory::compact_account_number(row.number)) == row.sound);
    }
}
