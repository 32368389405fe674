#pragma once
// A disk whose power can be cut: an ext4 in a file, mounted where only this process and what it starts sees it, and gone with
// them. What was written and not made durable is lost by a cut, as on a machine that goes dark.
//
//     Volume volume;                     // throws NoVolume where the machine does not permit it: it needs root and a loop device
//     Books  books(volume / "books.tessera");
//     volume.cut();                      // from now on every write fails; nothing of what waits in memory is written
//     server.stop(SIGKILL);
//     volume.come_back();                // mounted again: what is there now was durable

#include "../scenarios/process.h"

namespace faults {

struct NoVolume : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Volume {
public:
    Volume();
    ~Volume();
    Volume(const Volume&)            = delete;
    Volume& operator=(const Volume&) = delete;

    std::string operator/(const std::string& name) const { return (folder_ / "disk" / name).string(); }
    void        cut();
    void        come_back();  // nobody may have anything open on it

private:
    void mount();
    void unmount();

    whole::Scratch folder_{};
};

}  // namespace faults
