#pragma once
// What the core itself declares about e-mail: the letters as records, and the job that delivers them.

#include <tessera/kernel.h>
#include <tessera/mail.h>

namespace tessera::mail {

inline constexpr std::string_view manage = "mail.manage", delivery_job = "mail.delivery";

void declare(Kernel& kernel);

// Where this process hands letters over; none: they wait. Set once, before anything runs.
class Post {
public:
    void                         use(std::optional<Server> server) { server_ = std::move(server); }
    const std::optional<Server>& server() const { return server_; }

private:
    std::optional<Server> server_{};
};

}  // namespace tessera::mail
