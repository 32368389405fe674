#include "buyers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

namespace faults {

namespace json = boost::json;

namespace {

struct Enough {};  // a request was refused: the cycle cannot go on

std::string path_of(const std::string& target) { return target.substr(5, target.find('?') - 5); }

std::string quoted(std::int64_t number) { return std::to_string(number); }

// The lines of an order as lines of what follows it.
std::string lines_of(const std::string& order, const char* quantity) {
    const auto  ordered = part(order, {"lines"});
    std::string lines;
    for (const auto& line : ordered.as_array())
        lines += (lines.empty() ? "" : ",") + std::string(R"({"order_line":)") +
                 quoted(line.as_object().at("id").as_int64()) + R"(,"quantity":")" + quantity + "\"}";
    return "\"lines\":[" + lines + "]";
}

}  // namespace

Buyers::~Buyers() {
    rest();
    if (written_ >= 0) ::close(written_);
}

void Buyers::work(const std::vector<int>& ports, int count) {
    stopping_ = dark_ = false;
    buyers_.resize(static_cast<std::size_t>(count));
    for (int number = 0; number < count; ++number)
        threads_.emplace_back([this, number, port = ports[static_cast<std::size_t>(number) % ports.size()]] {
            buy(buyers_[static_cast<std::size_t>(number)], number, port);
        });
}

Answer Buyers::ask_patiently(Client& client, const Request& request) const {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (true) {
        auto answer = client.ask(request);
        if (answer.status != 503 || !patient_ || std::chrono::steady_clock::now() > latest) return answer;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void Buyers::rest() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Buyers::wait_for(std::size_t documents) const {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (this->documents() < documents && std::chrono::steady_clock::now() < latest)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

void Buyers::buy(Buyer& buyer, int number, int port) {
    try {
        Client client(port);
        while (!stopping_) cycle(buyer, number, client);
    } catch (const Lost&) {
    } catch (const Enough&) {
    }
}

void Buyers::cycle(Buyer& buyer, int number, Client& client) {
    ++buyer.n;
    const auto supplier = quoted(1 + number % 4), product = quoted(1 + static_cast<std::int64_t>(buyer.n + seed_) % 4);
    const auto order =
        send(buyer, client, "purchasing/orders?transition=approve",
             R"({"supplier":)" + supplier + R"(,"date":"2020-03-02","lines":[{"product":)" + product +
                 R"(,"quantity":"10","price":"4.17"},)" + R"({"product":1,"quantity":"10","price":"3.99"}]})");
    for (int delivery = 0; delivery < 2; ++delivery)
        send(buyer, client, "purchasing/goods_receipts?transition=post",
             R"({"date":"2020-03-03",)" + lines_of(*order, "5") + "}");
    const auto invoice =
        send(buyer, client, "purchasing/vendor_invoices?transition=post",
             R"({"supplier_number":"B)" + quoted(number) + "-" + quoted(static_cast<std::int64_t>(buyer.n)) +
                 R"(","date":"2020-03-04",)" + lines_of(*order, "10") + "}");
    send(buyer, client, "financials/payments?transition=post",
         R"({"party":)" + supplier + R"(,"date":"2020-03-20","lines":[{"item":)" +
             quoted(part(*invoice, {"open_item", "id"}).as_int64()) + R"(,"amount":"81.60"}]})");
}

std::optional<std::string> Buyers::send(Buyer& buyer, Client& client, const std::string& target,
                                        const std::string& body) {
    buyer.unanswered =
        Request{"POST", "/api/" + target, body, "buyer-" + std::to_string(seed_) + "-" + std::to_string(++keys_)};
    const auto answer = ask_patiently(client, *buyer.unanswered);
    if (dark_) throw Enough{};
    if (!answer.good()) {
        const std::lock_guard guard(mutex_);
        refusals_.push_back(std::to_string(answer.status) + " " + answer.body);
        throw Enough{};
    }
    acknowledge(*buyer.unanswered, answer);
    buyer.unanswered.reset();
    return answer.body;
}

void Buyers::acknowledge(const Request& request, const Answer& answer) {
    Acknowledged          document{request, path_of(request.target), id_of(answer.body),
                          std::string(part(answer.body, {"number"}).as_string()), answer.body};
    const std::lock_guard guard(mutex_);
    if (written_ >= 0) {
        const auto line = document.path + " " + quoted(document.id) + " " + document.number + "\n";
        if (::write(written_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) || ::fdatasync(written_) != 0)
            throw std::runtime_error("what is acknowledged cannot be written down");
    }
    acknowledged_.push_back(std::move(document));
}

void Buyers::write_down_in(const std::filesystem::path& file) {
    written_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    REQUIRE(written_ >= 0);
}

void Buyers::repeat_unanswered(const Server& server) {
    for (auto& buyer : buyers_) {
        if (!buyer.unanswered) continue;
        const auto answer = ask(server.port(), *buyer.unanswered);
        REQUIRE_MESSAGE(answer.good(), buyer.unanswered->target, " repeated: ", answer.body);
        acknowledge(*buyer.unanswered, answer);
        buyer.unanswered.reset();
    }
}

// Asked again under its key a request gives the very answer it gave, and the record is there.
void Buyers::check_one(Client& client, const Acknowledged& document) {
    CAPTURE(document.request.target);
    CAPTURE(document.number);
    CHECK(client.ask(document.request).body == document.answer);
    const auto record = client.ask({.target = "/api/" + document.path + "/" + std::to_string(document.id)});
    REQUIRE(record.status == 200);
    for (const char* field : {"number", "date"}) CHECK(part(record.body, {field}) == part(document.answer, {field}));
    CHECK(part(record.body, {"lines"}).as_array().size() == part(document.answer, {"lines"}).as_array().size());
}

void Buyers::check_first(const Server& server, std::size_t count) const {
    std::vector<Acknowledged> first;
    {
        const std::lock_guard guard(mutex_);
        first.assign(acknowledged_.begin(), acknowledged_.begin() + static_cast<std::ptrdiff_t>(count));
    }
    Client client(server.port());
    for (const auto& document : first) check_one(client, document);
}

std::size_t Buyers::lost(const Server& server) const {
    Client client(server.port());
    return static_cast<std::size_t>(std::ranges::count_if(acknowledged_, [&](const Acknowledged& document) {
        const auto record = client.ask({.target = "/api/" + document.path + "/" + std::to_string(document.id)});
        return record.status != 200 || part(record.body, {"number"}) != part(document.answer, {"number"});
    }));
}

void Buyers::check(const Server& server) {
    Client client(server.port());
    for (; checked_ < acknowledged_.size(); ++checked_) check_one(client, acknowledged_[checked_]);
    // What is there is what was acknowledged, numbered from one without a gap.
    std::map<std::string, std::vector<std::string>> numbers;
    for (const auto& document : acknowledged_) numbers[document.path].push_back(document.number);
    for (auto& [path, known] : numbers) {
        CAPTURE(path);
        std::ranges::sort(known);
        CHECK(part(client.ask({.target = "/api/" + path + "?limit=1"}).body, {"total"}).as_int64() ==
              static_cast<std::int64_t>(known.size()));
        for (std::size_t i = 0; i < known.size(); ++i) {
            const auto number = std::stoul(known[i].substr(known[i].rfind('-') + 1));
            if (number == i + 1) continue;
            FAIL_CHECK(path, ": ", known[i], " stands where number ", i + 1, " belongs");
            break;
        }
    }
}

std::size_t Buyers::documents() const {
    const std::lock_guard guard(mutex_);
    return acknowledged_.size();
}

std::vector<std::string> Buyers::refusals() const {
    const std::lock_guard guard(mutex_);
    return refusals_;
}

}  // namespace faults
