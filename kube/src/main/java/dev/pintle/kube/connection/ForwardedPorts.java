package dev.pintle.kube.connection;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.ArrayList;
import java.util.List;

/// The ports of a query that asks to be led on to some, each `ports` one or several with commas between them.
final class ForwardedPorts {
  private static final long PORT_MAX = 65_535;
  private static final String OUT_OF_RANGE = "value out of range";

  private ForwardedPorts() {}

  /// @throws dev.pintle.kube.status.StatusError for what is no port
  static List<Long> read(Query query) {
    List<Long> read = new ArrayList<>();
    for (String ports : query.all("ports")) {
      for (String port : ports.split(",", -1)) {
        read.add(port(port));
      }
    }
    return read;
  }

  private static long port(String port) {
    if (port.isEmpty() || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw refused(port, "invalid syntax");
    }
    try {
      long value = Long.parseLong(port);
      if (value <= PORT_MAX) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Longer than any port.
    }
    throw refused(port, OUT_OF_RANGE);
  }

  private static StatusError refused(String port, String wrong) {
    return StatusErrors.badRequest(
        "cannot convert to []int32: strconv.ParseUint: parsing %s: %s"
            .formatted(GoText.quote(port), wrong));
  }
}
