package dev.pintle.server.cli;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.server.config.CompactionConfig;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.log.EtcdLog;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command `./pintle etcd`: the store alone, started with etcd's own flags, by whatever road they come.
///
/// @param log what is logged, how and where to
/// @param notices what was accepted and has no effect, for the user to read
/// @param warnings what is odd, and most likely meant otherwise
/// @param apiServers whether processes of kube-apiserver are served from the store
public record EtcdCommand(
    ServerConfig config,
    EtcdLog.Choice log,
    List<String> notices,
    List<String> warnings,
    boolean apiServers) {
  private static final BigInteger NUMBER_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

  public static EtcdCommand parse(List<String> arguments, Map<String, String> environment)
      throws StartException {
    EtcdArguments read = EtcdArguments.read(arguments, environment);
    Flags flags = read.flags();
    refuseNotServed(flags);
    EtcdLog.Choice log = EtcdLogFlags.read(flags);
    EtcdChecks.check(flags);
    ServerConfig config = config(flags);
    List<String> warnings = new ArrayList<>(read.remarks());
    warnings.addAll(EtcdAccessFlags.warnings(flags));
    List<ListenUrl> clients = EtcdServingFlags.read(flags).clients();
    return new EtcdCommand(config, log, notices(flags), warnings, apiServers(flags, clients));
  }

  /// The part of the page of help that says of every flag what becomes of it.
  static String page() {
    return EtcdFlag.page();
  }

  private static ServerConfig config(Flags flags) throws StartException {
    ServerConfig defaults = ServerConfig.DEFAULT;
    String name = flags.value("name").orElse(defaults.name());
    try {
      Path folder = folder(flags, name);
      EtcdAccess.LikeEtcd access = EtcdAccessFlags.read(flags, folder);
      return new ServerConfig(
          Optional.of(folder),
          false,
          Optional.of(first(access.serving().clients())),
          Optional.empty(),
          name,
          EtcdChecks.urls(flags, "advertise-client-urls").stream().map(ListenUrl::text).toList(),
          new KvLimits(
                  number(flags, "max-request-bytes", defaults.limits().requestBytesMax()),
                  number(flags, "max-txn-ops", defaults.limits().txnOperationsMax()))
              .withConcurrentStreams(streams(flags)),
          access,
          false,
          defaults.serviceRanges(),
          defaults.eventTtl(),
          defaults.allowPrivileged(),
          defaults.flow(),
          defaults.earlier(),
          defaults.controllers(),
          defaults.authorization(),
          defaults.admission(),
          defaults.audit(),
          new CompactionConfig(Duration.ZERO, CompactionFlags.autoCompaction(flags)),
          QueuingFlag.read(flags, QueuingFlag.ALONE),
          defaults.advertising());
    } catch (IllegalArgumentException bad) {
      throw flags.invalid(String.valueOf(bad.getMessage()));
    }
  }

  private static Path folder(Flags flags, String name) {
    return Path.of(
        flags.value("data-dir").filter(folder -> !folder.isEmpty()).orElse(name + ".etcd"));
  }

  /// Where the store is found first; a socket that is a file has no such place.
  private static Endpoint first(List<ListenUrl> clients) {
    return clients.stream()
        .filter(url -> !url.isSocketFile())
        .findFirst()
        .map(ListenUrl::endpoint)
        .orElse(new Endpoint("localhost", 0));
  }

  private static boolean apiServers(Flags flags, List<ListenUrl> clients) throws StartException {
    String text = flags.value(EtcdFlags.API_SERVERS).orElse("off");
    return switch (text) {
      case "on" -> {
        if (clients.stream().allMatch(ListenUrl::isSocketFile)) {
          throw flags.refusal(
              "--%s on with --listen-client-urls of files alone (expected: one with a port among them, by which the store is named)"
                  .formatted(EtcdFlags.API_SERVERS));
        }
        yield true;
      }
      case "off" -> false;
      default ->
          throw flags.refusal(
              "--%s: %s (expected: on or off)".formatted(EtcdFlags.API_SERVERS, text));
    };
  }

  /// What is larger than anything that can be is as good as the largest.
  private static int number(Flags flags, String name, int otherwise) {
    return flags
        .value(name)
        .map(text -> new BigInteger(text).min(NUMBER_MAX).intValueExact())
        .orElse(otherwise);
  }

  /// etcd's default, and its word for no limit, is the largest unsigned number; 0 means the same.
  private static int streams(Flags flags) {
    int streams = number(flags, "max-concurrent-streams", 0);
    return streams == 0 ? Integer.MAX_VALUE : streams;
  }

  private static List<String> notices(Flags flags) {
    List<String> notices = new ArrayList<>();
    EtcdFlag.known().values().stream()
        .filter(flag -> flag.verdict() == EtcdFlag.Verdict.ACCEPTED)
        .filter(flag -> flags.given().contains(flag.name()))
        .map(flag ->
            flag.words().isEmpty()
                ? "--%s has no effect".formatted(flag.name())
                : "--%s has no effect: %s".formatted(flag.name(), flag.words()))
        .forEach(notices::add);
    return notices;
  }

  private static void refuseNotServed(Flags flags) throws StartException {
    for (String name : flags.given()) {
      if (name.equals(EtcdFlags.ALLOWED_NAMES)) {
        continue;
      }
      EtcdFlag flag = EtcdArguments.flag(name);
      String value = flags.value(name).orElse("");
      if (!flag.mayBe(value)) {
        throw flags.refusal("--%s: %s (expected: leave it out)".formatted(name, flag.words()));
      }
    }
  }
}
