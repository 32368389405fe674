#include "containment/module_code.h"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace tessera::containment {

namespace module_code {

struct Range {
    std::uintptr_t from = 0, to = 0;
    std::string    module{};
};
using Ranges = std::vector<Range>;

// Readers may hold any of the tables there ever were: they are few, and none is ever given back.
struct Table {
    Ranges       ranges{};
    const Table* before = nullptr;
};
std::atomic<const Table*> known{new Table};

struct Wanted {
    std::uintptr_t inside = 0;
    Ranges         found{};
};

int take_code(dl_phdr_info* library, std::size_t, void* data) {
    auto& wanted = *static_cast<Wanted*>(data);
    bool  holds  = false;
    Ranges code;
    for (int i = 0; i < library->dlpi_phnum; ++i) {
        const auto& part = library->dlpi_phdr[i];
        if (part.p_type != PT_LOAD) continue;
        const std::uintptr_t from = library->dlpi_addr + part.p_vaddr, to = from + part.p_memsz;
        holds |= wanted.inside >= from && wanted.inside < to;
        if (part.p_flags & PF_X) code.push_back({from, to, {}});
    }
    if (holds) wanted.found = std::move(code);
    return holds;
}

}  // namespace module_code

void know_code_of(const std::string& module, const void* inside) {
    using namespace module_code;
    static std::mutex     mutex;
    const std::lock_guard lock(mutex);
    Wanted                wanted{reinterpret_cast<std::uintptr_t>(inside), {}};
    dl_iterate_phdr(take_code, &wanted);
    const auto* before = known.load();
    std::erase_if(wanted.found, [&](const Range& range) { return std::ranges::find(before->ranges, range.from, &Range::from) != before->ranges.end(); });
    if (wanted.found.empty()) return;
    auto* table = new Table{before->ranges, before};
    for (auto& range : wanted.found) {
        range.module = module;
        table->ranges.push_back(std::move(range));
    }
    std::ranges::sort(table->ranges, {}, &Range::from);
    known.store(table);
}

std::string_view module_at(const void* address) {
    const auto& table = module_code::known.load(std::memory_order_acquire)->ranges;
    const auto  at    = reinterpret_cast<std::uintptr_t>(address);
    auto        it    = std::ranges::upper_bound(table, at, {}, &module_code::Range::from);
    if (it == table.begin()) return {};
    --it;
    return at < it->to ? std::string_view(it->module) : std::string_view();
}

}  // namespace tessera::containment
