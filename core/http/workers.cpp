#include "http/workers.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>

namespace tessera::http {

struct Workers::State {
    boost::asio::thread_pool pool;
    std::size_t              unfinished_max;
    std::atomic<std::size_t> unfinished{0};
};

Workers::Workers(unsigned threads, std::size_t waiting_max)
    : state_(new State{.pool = boost::asio::thread_pool(threads), .unfinished_max = waiting_max + threads}) {}

Workers::~Workers() { stop(); }

bool Workers::post(std::function<void()> job) {
    if (state_->unfinished.fetch_add(1) >= state_->unfinished_max) {
        --state_->unfinished;
        return false;
    }
    boost::asio::post(state_->pool, [this, job = std::move(job)] {
        job();
        --state_->unfinished;
    });
    return true;
}

std::size_t Workers::unfinished() const { return state_->unfinished; }

void Workers::stop() {
    state_->pool.stop();
    state_->pool.join();
}

}  // namespace tessera::http
