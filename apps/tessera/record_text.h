#pragma once
// Records for people at a terminal: one record as labels and values with its lines as tables, a list as a report.

#include <tessera/suite.h>

#include <boost/json/fwd.hpp>

namespace tessera::program {

std::string  record_text(const EntityDescription& entity, const boost::json::object& record);
std::string  history_text(const boost::json::object& history);
// A view as modules write it: values as labels and values, lists as tables, what is too long for a table below it.
std::string  view_text(const boost::json::object& view);
ReportResult list_result(const EntityDescription& entity, const boost::json::object& list, const std::string& company);
// "Purchase order PO-2026-00007: approved"
std::string outcome_text(const EntityDescription& entity, const boost::json::object& record);

}  // namespace tessera::program
