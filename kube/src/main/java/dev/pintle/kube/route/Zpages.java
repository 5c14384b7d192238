package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The routes of z-pages, for people who look for a fault: `/statusz`, which says since when what runs, and `/flagz`, which
/// says how it is set up.
public final class Zpages implements Route {
  private static final String WARNING =
      """

      apiserver %s
      Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.
      """;
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Clock clock;
  private final Instant started;
  private final Supplier<Map<String, String>> flags;

  /// @param flags names and values, in the order in which they are shown; no secrets
  public Zpages(Clock clock, Supplier<Map<String, String>> flags) {
    this.clock = clock;
    this.started = clock.instant();
    this.flags = flags;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    switch (context.info().path()) {
      case "/statusz" -> reply.text(200, TEXT, WARNING.formatted("statusz") + status());
      case "/flagz" -> reply.text(200, TEXT, WARNING.formatted("flagz") + flags());
      default -> {
        return false;
      }
    }
    return true;
  }

  private String status() {
    Duration up = Duration.between(started, clock.instant());
    return """

    Started: %s
    Up: %d hr %02d min %02d sec
    Java version: %s
    Binary version: %s
    Emulation version: %s.%s
    Paths: /flagz /healthz /livez /metrics /readyz /statusz /version
    """
        .formatted(
            STARTED.format(started),
            up.toHours(),
            up.toMinutesPart(),
            up.toSecondsPart(),
            Runtime.version(),
            VersionInfo.GIT_VERSION.substring(1),
            VersionInfo.MAJOR,
            VersionInfo.MINOR);
  }

  private String flags() {
    StringBuilder text = new StringBuilder();
    flags.get().forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }
}
