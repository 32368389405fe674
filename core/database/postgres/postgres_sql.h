#pragma once
// The portable SQL of the kernel and its modules in PostgreSQL's words. What differs:
//
//     :name                 $1, $2 … in the order in which new names appear
//     LIKE                  ILIKE: of A to Z alone, as texts have the collation "C"
//     INTEGER               bigint
//     sum(…)                tessera_sum(…): of whole numbers a whole number, which overflows instead of becoming numeric
//
// Quoted texts and names stay as they are.

#include <string>
#include <string_view>
#include <vector>

namespace tessera::database::postgres {

struct Translated {
    struct Question {             // "$7 IS NULL", "$7 IS NOT NULL": from such a place the server cannot tell what $7 is
        int         parameter = 0;
        bool        negated   = false;
        std::size_t begin = 0, end = 0;  // in the text
    };
    std::string           text{};
    int                   parameters = 0;
    bool                  writes     = false;  // INSERT, UPDATE or DELETE that gives no rows back
    std::vector<Question> questions{};
    std::vector<int>      uses{};  // of each parameter

    // Where these parameters are nothing, with the answers in place of the questions.
    std::string answered(const std::vector<bool>& none) const;
    bool        is_only_asked(int parameter) const;  // whether it is nothing
};

Translated translate(std::string_view sql);

}  // namespace tessera::database::postgres
