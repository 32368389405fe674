#include "http/service.h"

#include "http/problem.h"

#include <filesystem>

namespace tessera::http {
namespace service {

constexpr std::size_t held_back_bytes = 64 * 1024;

// Where the books lie when nobody has said it: beside their file.
std::string folder_of(const Suite& suite, const ServeDisk& disk) {
    if (!disk.folder.empty()) return disk.folder;
    std::error_code             none;
    const std::filesystem::path file(suite.database_name());
    if (!std::filesystem::is_regular_file(file, none)) return {};
    const auto folder = std::filesystem::absolute(file, none).parent_path();
    return folder.string();
}

void fail(Service& service, Exchange& exchange, std::exception_ptr failure) {
    auto response = problem(failure, exchange.request, service.log);
    if (!exchange.begun) return exchange.answer(std::move(response));
    service.log.failure(exchange.request.id(), response.body);
    exchange.abandon();
}

void run(Service& service, Exchange& exchange, const Job& job) {
    if (exchange.cancelled) return exchange.abandon();
    try {
        job(exchange);
    } catch (const ClientGone&) {
        exchange.abandon();
    } catch (...) {
        fail(service, exchange, std::current_exception());
    }
}

}  // namespace service

Service::Service(Suite& suite_of_company, ServeOptions serve_options)
    : suite(suite_of_company),
      options(std::move(serve_options)),
      door(suite, options),
      log(options.log),
      disk(options.disk, free_bytes_of(service::folder_of(suite, options.disk)), [this](std::string_view sentence) { log.warn(sentence); }),
      workers(std::max(1u, options.worker_threads), options.limits.jobs_waiting_max),
      caller_rates(options.limits.address_requests_per_second, options.limits.address_requests_at_once) {}

void in_background(Service& service, const std::shared_ptr<Exchange>& exchange, Job job) {
    exchange->watch_client();
    const bool taken =
        service.workers.post([&service, exchange, job = std::move(job)] { service::run(service, *exchange, job); });
    if (!taken)
        exchange->answer(problem(503, "kernel.too_busy",
                                 "To get this, try again in a moment: too many reports and files are being made."));
}

void LongAnswer::write(std::string_view bytes) {
    if (exchange_.cancelled) throw ClientGone{};
    if (exchange_.request.method == "HEAD") {
        heading_.length_of_head += bytes.size();
    } else if (exchange_.begun) {
        exchange_.write_part(bytes);
    } else if (held_back_ += bytes; held_back_.size() >= service::held_back_bytes) {
        exchange_.begin_parts(heading_);
        exchange_.write_part(held_back_);
    }
}

void LongAnswer::finish() {
    if (exchange_.begun) return exchange_.end_parts();
    heading_.body = std::move(held_back_);
    exchange_.answer(std::move(heading_));
}

std::shared_ptr<void> place_in_queue(Service& service) {
    service.disk.check_change();
    if (service.writes_waiting.fetch_add(1) >= service.options.limits.writes_waiting_max) {
        --service.writes_waiting;
        throw Refused("kernel.too_busy", "To save this, try again in a moment: too many changes are waiting.")
            .with_status(503);
    }
    return {static_cast<void*>(&service), [](void* s) { --static_cast<Service*>(s)->writes_waiting; }};
}

}  // namespace tessera::http
