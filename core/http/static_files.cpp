#include "http/static_files.h"

#include "http/compression.h"

#include "audit/digest.h"
#include "http/problem.h"

#include <array>
#include <fstream>

namespace tessera::http {
namespace static_files {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_bytes_max = 32 * 1024 * 1024;

std::string_view media_type(const fs::path& file) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".map", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    const auto extension = file.extension().string();
    for (const auto& [name, type] : types)
        if (extension == name) return type;
    return "application/octet-stream";
}

std::shared_ptr<const std::string> content(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(file, error)) || fs::file_size(file, error) > file_bytes_max || error) return nullptr;
    std::ifstream in(file, std::ios::binary);
    return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace static_files

StaticFiles::StaticFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

std::shared_ptr<const StaticFiles::Files> StaticFiles::read() const {
    namespace fs = std::filesystem;
    auto            files = std::make_shared<Files>();
    std::error_code error;
    fs::recursive_directory_iterator entry(directory_, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const auto path = entry->path();
        const auto name = path.lexically_relative(directory_).generic_string();
        if (path.extension() == ".gz" || path.extension() == ".br" || path.filename().string().starts_with('.')) continue;
        File file{.plain = static_files::content(path), .type = static_files::media_type(path), .hashed = name.starts_with("assets/")};
        if (!file.plain) continue;
        file.gzip   = static_files::content(path.string() + ".gz");
        file.brotli = static_files::content(path.string() + ".br");
        file.tag    = "\"" + audit::sha256_hex(*file.plain).substr(0, 16) + "\"";
        files->emplace(name, std::move(file));
    }
    return files;
}

std::shared_ptr<const StaticFiles::Files> StaticFiles::current() {
    const std::lock_guard lock(mutex_);
    const auto            now = std::chrono::steady_clock::now();
    if (files_ && now - looked_ < std::chrono::seconds(1)) return files_;
    looked_ = now;
    std::error_code error;
    const auto      built = std::filesystem::last_write_time(directory_ / "index.html", error);
    if (!files_ || (!error && built != built_)) {
        files_ = read();
        built_ = built;
    }
    return files_;
}

Response StaticFiles::answer(const Request& request) {
    const auto  files = current();
    std::string name;
    for (const auto& segment : request.segments) ((name += name.empty() ? "" : "/") += segment);
    auto found = files->find(name);
    if (found == files->end() && (request.segments.empty() || request.segments.back().find('.') == std::string::npos)) found = files->find("index.html");
    if (found == files->end()) return nothing_here();
    const auto& file = found->second;
    Response    response{.content_type = file.type, .keepable = true};
    response.with("Cache-Control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache").with("ETag", file.tag);
    if (file.gzip || file.brotli) response.with("Vary", "Accept-Encoding");
    if (request.if_none_match.find(file.tag) != std::string::npos) {
        response.status = 304;
        return response;
    }
    if (file.brotli && accepts(request.accept_encoding, "br")) {
        response.with("Content-Encoding", "br").shared_body = file.brotli;
    } else if (file.gzip && accepts(request.accept_encoding, "gzip")) {
        response.with("Content-Encoding", "gzip").shared_body = file.gzip;
    } else {
        response.shared_body = file.plain;
    }
    return response;
}

}  // namespace tessera::http
