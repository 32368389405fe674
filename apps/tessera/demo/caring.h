#pragma once
// The story of the customers: people who ask become leads, sales in the making go from stage to stage, calls and visits are planned
// and done, and what goes wrong is complained of and put right.

#include "demo/demo_setup.h"

#include <set>

namespace tessera::demo {

class Caring {
public:
    // With numbers of its own, so that neither what is bought nor what is sold depends on it.
    Caring(DemoBooks& books, const Ground& ground, std::uint64_t seed, Date from);

    void end_week(Date friday);
    void leave_open(Date day);
    void value_customers(Date day);

private:
    struct Planned {
        std::int64_t id = 0;
        Date         due{};
    };
    struct Complaint {
        std::int64_t id = 0;
        Date         since{};
        int          step = 0;  // into the ways in which it ends
    };

    std::int64_t customer() { return random_.pick(ground_.customers); }
    std::int64_t plan_activity(Date day, Date due);
    void         do_what_is_due(Date day);
    void         hear_of_somebody(Date day);
    void         open_opportunity(Date day);
    void         follow_opportunities(Date day);
    void         take_complaint(Date day);
    void         see_to_complaints(Date day);
    void         review_what_ended(Date day);

    DemoBooks&                books_;
    const Ground&             ground_;
    Random                    random_;
    Random                    hindsight_;
    std::vector<std::int64_t> complaint_reasons_{};
    std::vector<std::int64_t> lost_reasons_{};
    std::vector<Planned>      planned_{};
    std::vector<std::int64_t> open_{};  // opportunities
    std::vector<Complaint>    complaints_{};
    std::set<std::string_view> lessons_{};  // kept already
};

}  // namespace tessera::demo
