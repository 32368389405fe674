#pragma once
// A file that lies beside its place until it is whole, so that nothing under a good name was ever half made:
//
//     UnfinishedFile beside("/backups/acme.tessera-backup");      // acme.tessera-backup.tessera-making-4711
//     … write into beside.name() …
//     beside.publish();                                           // durable, under its name; otherwise gone with the object
//
// What was left beside by a program that was killed is taken away by the next that makes something in the same folder:
// whoever is still at work has a lock on it.

#include <tessera/refused.h>

#include <string>

namespace tessera::backups {

class TESSERA_API UnfinishedFile {
public:
    // Makes it, empty. Refused "kernel.file_exists" when there is something in its place, "kernel.no_folder" when the
    // folder is not there or cannot be written.
    explicit UnfinishedFile(std::string place);
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile&)            = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& name() const { return name_; }

    // Never over another: refused "kernel.file_exists" when something lies in its place by now.
    void publish(int mode);

private:
    std::string place_, name_;
    int         file_ = -1;
};

}  // namespace tessera::backups
