#include "operator_key.h"

#include <tessera/accounts.h>

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tessera::program {

namespace operator_keys {

bool is_file(const std::string& database) { return database.find("://") == std::string::npos; }

std::string file_of(const std::string& database) { return database + ".operator"; }

}  // namespace operator_keys

OperatorKey::OperatorKey(const std::string& database) {
    if (!operator_keys::is_file(database)) return;
    file_ = operator_keys::file_of(database);
    text_ = access::fresh_key();
    std::filesystem::remove(file_);
    const int  file    = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written = file >= 0 && ::write(file, text_.data(), text_.size()) == static_cast<ssize_t>(text_.size());
    if (file >= 0) ::close(file);
    if (written) return;
    file_.clear();
    text_.clear();
}

OperatorKey::~OperatorKey() {
    std::error_code gone;
    if (!file_.empty()) std::filesystem::remove(file_, gone);
}

std::string operator_key_of(const std::string& database) {
    if (!operator_keys::is_file(database)) return {};
    std::ifstream file(operator_keys::file_of(database));
    std::string   key;
    std::getline(file, key);
    return key;
}

}  // namespace tessera::program
