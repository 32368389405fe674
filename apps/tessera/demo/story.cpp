#include "demo/story.h"

#include "demo/buying.h"
#include "demo/caring.h"
#include "demo/knowing.h"
#include "demo/office.h"
#include "demo/selling.h"

namespace tessera::demo {

namespace story {

constexpr int monday = 1, thursday = 4, friday = 5;

bool is_first_working_day(Date day) { return Calendar::working_day(day.first_of_month()) == day; }

class Days {
public:
    Days(DemoBooks& books, const StoryOptions& options, Date from)
        : books_(books),
          options_(options),
          random_(options.seed),
          ground_(set_up(books, random_, from, options.today, options.scale)),
          buying_(books, ground_, calendar_, random_, options.today, options.scale),
          office_(books, ground_, random_, options.scale),
          selling_(books, ground_, options.seed, options.today, options.scale),
          caring_(books, ground_, options.seed, from) {}

    // One week is one bulk: what the office decides on Friday, it reads from the books.
    void week(Date first, Date last) {
        books_.in_bulk([&] {
            for (auto day = first; day <= last; day = day.plus_days(1))
                if (day.weekday() <= friday) work(day);
        });
        if (last.weekday() != friday) return;
        selling_.end_week(last);
        office_.decide_holds(last);
        office_.pay_suppliers(last);
        caring_.end_week(last);
    }
    void end() {
        books_.in_bulk([&] {
            buying_.leave_drafts(options_.today);
            selling_.leave_drafts(options_.today);
            caring_.leave_open(options_.today);
        });
        write_down(books_, ground_, options_.today);
        caring_.value_customers(options_.today);
        office_.lock_periods(options_.today);
    }

private:
    void work(Date day) {
        if (is_first_working_day(day)) {
            office_.monthly_entries(day);
            buying_.order_supplies(day);
            if (day.month() == 1 || day.month() == 7) buying_.count_stock(day);
        }
        calendar_.run(day);
        selling_.take_orders(day);
        buying_.order_what_runs_low(day);
        if (day.weekday() == monday || day.weekday() == thursday) buying_.consume(day);
        if (day.weekday() == friday) office_.takings(day);
    }

    DemoBooks&          books_;
    const StoryOptions& options_;
    Random              random_;
    Calendar            calendar_{};
    Ground              ground_;
    Buying              buying_;
    Office              office_;
    Selling             selling_;
    Caring              caring_;
};

}  // namespace story

void tell(DemoBooks& books, const StoryOptions& options, const Progress& progress) {
    const auto  from = options.today.plus_months(-24).first_of_month();
    story::Days days(books, options, from);
    for (auto day = from; day <= options.today;) {
        const int  to_friday = (story::friday - day.weekday() + 7) % 7;
        const auto last      = std::min(day.plus_days(to_friday), options.today);
        if (progress) progress(day, day - from, options.today - from);
        days.week(day, last);
        day = last.plus_days(1);
    }
    days.end();
}

}  // namespace tessera::demo
