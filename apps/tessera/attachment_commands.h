#pragma once
// The files of a record at the command line:
//
//     tessera purchasing vendor_invoice attach VI-2026-00007 bill.pdf
//     tessera purchasing vendor_invoice attachments VI-2026-00007 [--save N --output FILE]
//     tessera purchasing vendor_invoice detach VI-2026-00007 N

#include "commands.h"

#include <tessera/suite.h>

#include "options.h"

namespace tessera::program {

int attach_file(const Options& common, Options& options, const Words& words, const EntityDescription& entity);
int attachments(const Options& common, Options& options, const Words& words, const EntityDescription& entity);
int detach_file(const Options& common, Options& options, const Words& words, const EntityDescription& entity);

}  // namespace tessera::program
