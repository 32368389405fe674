#pragma once
// Buyers work from order to payment through a server that may die at any moment. Each has its own connection and one
// request in flight, sent under its own idempotency key, and writes down what was acknowledged.
//
//     Buyers buyers(seed);
//     buyers.work(server.port(), 8);                   // until the server is gone; returns at once
//     server.stop(SIGKILL);
//     buyers.rest();                                   // waits for all of them
//     Server again(books);
//     buyers.repeat_unanswered(again);                 // under the same keys: done once, whatever had become of them
//     buyers.check(again);                             // everything acknowledged is there, and nothing else

#include "served_books.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace faults {

// A document as it was acknowledged.
struct Acknowledged {
    Request      request{};
    std::string  path{};  // "purchasing/orders"
    std::int64_t id = 0;
    std::string  number{};
    std::string  answer{};
};

class Buyers {
public:
    explicit Buyers(std::uint64_t seed) : seed_(seed) {}
    ~Buyers();

    void work(int port, int count) { work(std::vector{port}, count); }
    void work(const std::vector<int>& ports, int count);  // the first at the first, the second at the second …
    // From now on one who is told to come again later (503) does, under the same key, for up to half a minute.
    void be_patient() { patient_ = true; }
    void rest();  // until every buyer has noticed that the server is gone, or has been told to stop
    void stop() { stopping_ = true; }
    // From now on nobody is answered any more: whatever still arrives would not have left a machine without power.
    void go_dark() { dark_ = true; }
    void wait_for(std::size_t documents) const;

    void repeat_unanswered(const Server& server);
    void check(const Server& server);
    // Of an earlier state: the first so many that were acknowledged are there.
    void check_first(const Server& server, std::size_t count) const;
    // How many of those that were acknowledged are not there, or are others.
    std::size_t lost(const Server& server) const;

    // Each acknowledged document becomes a line of the file, durable before the buyer goes on: "purchasing/orders 7 PO-2020-00007".
    void write_down_in(const std::filesystem::path& file);

    std::size_t              documents() const;
    std::vector<std::string> refusals() const;  // answers that were neither good nor lost

private:
    struct Buyer {
        std::uint64_t          n = 0;  // of its cycle
        std::optional<Request> unanswered{};
    };

    void                       buy(Buyer& buyer, int number, int port);
    void                       cycle(Buyer& buyer, int number, Client& client);
    Answer                     ask_patiently(Client& client, const Request& request) const;
    std::optional<std::string> send(Buyer& buyer, Client& client, const std::string& target, const std::string& body);
    static void                check_one(Client& client, const Acknowledged& document);
    void                       acknowledge(const Request& request, const Answer& answer);

    const std::uint64_t       seed_;
    std::atomic<bool>         stopping_ = false, patient_ = false, dark_ = false;
    std::vector<Buyer>        buyers_{};
    std::vector<std::thread>  threads_{};
    mutable std::mutex        mutex_{};
    std::vector<Acknowledged> acknowledged_{};
    std::vector<std::string>  refusals_{};
    std::atomic<std::int64_t> keys_    = 0;
    std::size_t               checked_ = 0;
    int                       written_ = -1;
};

}  // namespace faults
