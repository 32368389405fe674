#pragma once
// The public purchase logs that tests of statistics compare with, where the environment has them: cdnow() is empty elsewhere.

#include "analysis/purchase_history.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace crm {

inline std::filesystem::path shared_file(const std::string& name) {
    const char* directory = std::getenv("TESSERA_SHARED_DIR");
    const auto  file      = std::filesystem::path(directory ? directory : TESSERA_SHARED_DIR) / "data" / "crm" / name;
    return std::filesystem::exists(file) ? file : std::filesystem::path{};
}

// Fader and Hardie: 2,357 customers of a music shop, January 1997 to June 1998.
inline std::vector<Purchase> cdnow() {
    std::vector<Purchase> purchases;
    std::ifstream         file(shared_file("cdnow-sample.txt"));
    std::string           master, sample, day, count, amount;
    while (file >> master >> sample >> day >> count >> amount)
        purchases.push_back({std::stoll(sample), Date(std::stoi(day.substr(0, 4)), std::stoi(day.substr(4, 2)), std::stoi(day.substr(6, 2))), std::stod(amount)});
    return purchases;
}

// The orders of the package rfm for R, with the names of the customers.
inline std::vector<Purchase> rfm_orders(std::vector<std::string>& names) {
    std::vector<Purchase>               purchases;
    std::map<std::string, std::int64_t> numbers;
    std::ifstream                       file(shared_file("rfm_data_orders.csv"));
    std::string                         line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        const auto close = line.rfind("\",");
        const auto name  = line.substr(1, close - 1);
        const auto found = numbers.emplace(name, static_cast<std::int64_t>(names.size())).first;
        if (found->second == static_cast<std::int64_t>(names.size())) names.push_back(name);
        purchases.push_back({found->second, Date::parse(line.substr(close + 2, 10)), std::stod(line.substr(close + 13))});
    }
    return purchases;
}

}  // namespace crm
