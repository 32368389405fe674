#include "backups/sealed_file.h"

#include "database/engine.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace tessera::backups {

namespace sealing {

constexpr std::string_view beginning    = "\ntessera backup ";
constexpr char             form         = '1';
constexpr std::size_t      digest_size  = 64;
constexpr std::size_t      size_digits  = 20;
constexpr std::size_t      line_size    = beginning.size() + 2 + size_digits + 1 + digest_size + 1;
constexpr std::int64_t     page         = 4096;
constexpr std::size_t      piece        = 1 << 20;
constexpr std::size_t      manifest_max = 64 << 20;

Refused failed(std::string_view what, const std::string& file) {
    const auto reason = std::generic_category().message(errno);
    return Refused("kernel.storage_failed", "To {} {}, check the disk it is on: it reported {}.", what, file, reason).with_status(503);
}
Refused damaged(const std::string& file, std::string_view how) {
    return Refused("kernel.damaged_backup", "To get the books back, use another backup: {} {}.", file, how);
}

class File {
public:
    File(const std::string& name, int flags) : name_(name), file_(::open(name.c_str(), flags | O_CLOEXEC)) {
        const auto reason = std::generic_category().message(errno);
        if (file_ < 0) throw Refused("kernel.not_a_backup", "To use a backup, name a file that can be opened: {} cannot ({}).", name, reason);
    }
    ~File() { ::close(file_); }
    File(const File&)            = delete;
    File& operator=(const File&) = delete;

    std::int64_t size() const {
        struct stat status {};
        if (::fstat(file_, &status) != 0) throw failed("read", name_);
        return S_ISREG(status.st_mode) ? static_cast<std::int64_t>(status.st_size) : 0;
    }
    std::string read(std::int64_t from, std::size_t count) const {
        std::string bytes(count, '\0');
        std::size_t done = 0;
        while (done < count) {
            const auto got = ::pread(file_, bytes.data() + done, count - done, from + static_cast<std::int64_t>(done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) throw failed("read", name_);
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        bytes.resize(done);
        return bytes;
    }
    template <class Use>
    void read_all(std::int64_t from, std::int64_t to, Use&& use) const {
        for (auto at = from; at < to; at += static_cast<std::int64_t>(piece)) {
            const auto bytes = read(at, std::min(piece, static_cast<std::size_t>(to - at)));
            if (bytes.empty()) return;
            use(bytes);
        }
    }
    void append(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(file_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw failed("write", name_);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void make_durable() {
        if (::fsync(file_) != 0) throw failed("write", name_);
    }

private:
    std::string name_;
    int         file_;
};

class Digest {
public:
    Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        if (!EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr)) throw std::runtime_error("SHA-256 is not available");
    }
    void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string hex() {
        unsigned char bytes[32];
        EVP_DigestFinal_ex(context_.get(), bytes, nullptr);
        std::string text;
        for (const auto byte : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

std::string digest_of(const File& file, std::int64_t size, std::string_view rest) {
    Digest digest;
    file.read_all(0, size, [&](std::string_view bytes) { digest.add(bytes); });
    digest.add(rest);
    return digest.hex();
}

struct End {
    std::int64_t begins = 0, database_bytes = 0;
    std::string  sealed{}, digest{};    // the part of the line that is sealed, and what seals it
};

End end_of(const File& file, const std::string& name) {
    const auto size = file.size();
    const auto from = size - static_cast<std::int64_t>(line_size);
    const auto line = from > 0 ? file.read(from, line_size) : std::string();
    if (!line.starts_with(beginning)) {
        if (database::is_file_of_ours(name)) throw damaged(name, "has no end, so it was cut off, or it is no backup but the books themselves");
        throw Refused("kernel.not_a_backup", "To use a backup, name a file that tessera backup made: {} is none.", name);
    }
    if (line[beginning.size()] > form)
        throw Refused("kernel.newer_backup", "To use the backup {}, take a newer Tessera: it has form {}, this one knows {}.", name, line[beginning.size()], form);
    End        end{.begins = from, .sealed = line.substr(0, line_size - digest_size - 1), .digest = line.substr(line_size - digest_size - 1, digest_size)};
    const auto digits = line.data() + beginning.size() + 2;
    std::from_chars(digits, digits + size_digits, end.database_bytes);
    if (end.database_bytes <= 0 || end.database_bytes > from || static_cast<std::size_t>(from - end.database_bytes) > manifest_max)
        throw damaged(name, "was changed after it was made");
    return end;
}

Sealed contents(const File& file, const std::string& name, const End& end) {
    return {name, end.database_bytes, file.read(end.database_bytes, static_cast<std::size_t>(end.begins - end.database_bytes))};
}

}  // namespace sealing

void seal(const std::string& file, std::string_view manifest) {
    sealing::File target(file, O_RDWR | O_APPEND);
    const auto    size   = target.size();
    const auto    unused = (size + static_cast<std::int64_t>(manifest.size() + sealing::line_size)) % sealing::page;
    std::string   end(manifest);
    end.append(static_cast<std::size_t>(unused == 0 ? 0 : sealing::page - unused), ' ');
    end += fmt::format("{}{} {:0{}} ", sealing::beginning, sealing::form, size, sealing::size_digits);
    const auto digest = sealing::digest_of(target, size, end);
    target.append(end + digest + "\n");
    target.make_durable();
}

Sealed look_at(const std::string& file) {
    const sealing::File opened(file, O_RDONLY);
    return sealing::contents(opened, file, sealing::end_of(opened, file));
}

Sealed unseal(const std::string& file) {
    const sealing::File opened(file, O_RDONLY);
    const auto          end = sealing::end_of(opened, file);
    if (sealing::digest_of(opened, end.begins, end.sealed) != end.digest || opened.read(end.begins, sealing::line_size).back() != '\n')
        throw sealing::damaged(file, "was changed after it was made");
    return sealing::contents(opened, file, end);
}

void write_database(const Sealed& sealed, const std::string& file) {
    const sealing::File from(sealed.file, O_RDONLY);
    sealing::File       to(file, O_WRONLY | O_APPEND);
    from.read_all(0, sealed.database_bytes, [&](std::string_view bytes) { to.append(bytes); });
    to.make_durable();
}

}  // namespace tessera::backups
