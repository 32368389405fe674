#pragma once
// What is yet to happen in the story: things to do on a day, in the order they were written down.

#include <tessera/date.h>

#include <functional>
#include <map>

namespace tessera::demo {

class Calendar {
public:
    using Event = std::function<void(Date)>;

    // Saturdays and Sundays nobody works.
    static Date working_day(Date day) { return day.weekday() > 5 ? day.plus_days(8 - day.weekday()) : day; }
    void        on(Date day, Event event) { events_.emplace(working_day(day), std::move(event)); }
    void        run(Date day) {
               while (!events_.empty() && events_.begin()->first <= day) {
                   auto event = std::move(events_.begin()->second);
                   events_.erase(events_.begin());
                   event(day);
        }
    }

private:
    std::multimap<Date, Event> events_{};
};

}  // namespace tessera::demo
