package dev.pintle.server.cli;

import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.failure.StartException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The checks of flags that are each well written, as upstream makes them: in its order, and in its words.
final class EtcdChecks {
  private static final long ELECTION_MILLIS_MAX = 50_000;
  private static final int HEARTBEATS_MIN = 5;
  private static final List<String> BOUND =
      List.of(
          "listen-peer-urls",
          "listen-client-urls",
          "listen-client-http-urls",
          "listen-metrics-urls");

  private EtcdChecks() {}

  static void check(Flags flags) throws StartException {
    for (String name : BOUND) {
      for (ListenUrl url : urls(flags, name)) {
        bindable(flags, url);
      }
    }
    reachable(
        flags,
        "initial-advertise-peer-urls",
        "--initial-advertise-peer-urls %s must be \"host:port\"");
    reachable(
        flags,
        "advertise-client-urls",
        "--advertise-client-urls %s must be in the format \"host:port\", \"unix:/path/to/socket\" or \"unixs:/path/to/socket\"");
    elections(flags);
    String gates = EtcdValue.contradiction(flags.value("feature-gates").orElse(""));
    if (!gates.isEmpty()) {
      throw flags.invalid(gates);
    }
    Duration hashes = GoDuration.parse(flags.value("compact-hash-check-time").orElse("1m"));
    if (!hashes.isPositive()) {
      throw flags.invalid(
          "--compact-hash-check-time must be >0 (set to %s)".formatted(GoDuration.text(hashes)));
    }
    alone(flags);
  }

  static List<ListenUrl> urls(Flags flags, String name) {
    String text = flags.value(name).orElse("");
    return text.isEmpty() ? List.of() : ListenUrl.parseAll(text);
  }

  private static void bindable(Flags flags, ListenUrl url) throws StartException {
    try {
      if (!url.isSocketFile()) {
        url.endpoint();
      }
    } catch (IllegalArgumentException unbindable) {
      throw flags.invalid(String.valueOf(unbindable.getMessage()));
    }
  }

  private static void reachable(Flags flags, String name, String form) throws StartException {
    List<ListenUrl> urls = urls(flags, name);
    for (ListenUrl url : urls) {
      if (!url.isSocketFile() && url.host().isEmpty()) {
        String all = urls.stream().map(ListenUrl::text).collect(Collectors.joining(","));
        throw flags.invalid(
            "%s (unexpected empty host (%s))"
                .formatted(form.formatted(GoDuration.quoted(all)), url.text()));
      }
    }
  }

  private static void elections(Flags flags) throws StartException {
    long heartbeat = Long.parseUnsignedLong(flags.value("heartbeat-interval").orElse("100"));
    long election = Long.parseUnsignedLong(flags.value("election-timeout").orElse("1000"));
    if (heartbeat == 0) {
      throw flags.invalid("--heartbeat-interval must be >0 (set to 0ms)");
    }
    if (election == 0) {
      throw flags.invalid("--election-timeout must be >0 (set to 0ms)");
    }
    if (Long.compareUnsigned(heartbeat, Long.divideUnsigned(election, HEARTBEATS_MIN)) > 0) {
      throw flags.invalid(
          "--election-timeout[%sms] should be at least as 5 times as --heartbeat-interval[%sms]"
              .formatted(Long.toUnsignedString(election), Long.toUnsignedString(heartbeat)));
    }
    if (Long.compareUnsigned(election, ELECTION_MILLIS_MAX) > 0) {
      throw flags.invalid(
          "--election-timeout[%sms] is too long, and should be set less than %dms"
              .formatted(Long.toUnsignedString(election), ELECTION_MILLIS_MAX));
    }
  }

  /// Several members that do not know of each other would be several clusters with one name.
  private static void alone(Flags flags) throws StartException {
    String cluster = flags.value("initial-cluster").orElse("");
    Set<String> names =
        Arrays.stream(cluster.split(","))
            .filter(member -> member.indexOf('=') > 0)
            .map(member -> member.substring(0, member.indexOf('=')).strip())
            .collect(Collectors.toCollection(TreeSet::new));
    if (names.size() > 1) {
      throw flags.refusal(
          "--initial-cluster: %s (expected: this member alone: a cluster of several is not served)"
              .formatted(String.join(", ", names)));
    }
  }
}
