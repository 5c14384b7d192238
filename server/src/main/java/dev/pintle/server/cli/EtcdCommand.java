package dev.pintle.server.cli;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.etcd.maintenance.EtcdVersion;
import dev.pintle.server.config.CompactionConfig;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The command `./pintle etcd`: the store alone, started with etcd's own flags. Each may also come as
/// `ETCD_NAME_IN_CAPITALS` from the environment; the flag wins.
///
/// @param notices what was accepted and has no effect, for the user to read
/// @param apiServers whether processes of kube-apiserver are served from the store
public record EtcdCommand(ServerConfig config, List<String> notices, boolean apiServers) {
  private static final String COMMAND = "etcd";
  private static final long MAX_UINT32 = 0xffff_ffffL;

  public static EtcdCommand parse(List<String> arguments, Map<String, String> environment)
      throws StartException {
    Set<String> valued =
        union(
            EtcdFlags.HONOURED, EtcdFlags.OUR_OWN, EtcdFlags.WITHOUT_EFFECT, EtcdFlags.NOT_SERVED);
    Set<String> switches =
        union(
            EtcdFlags.SWITCHES_HONOURED,
            EtcdFlags.SWITCHES_WITHOUT_EFFECT,
            EtcdFlags.SWITCHES_NOT_SERVED);
    List<String> all = new ArrayList<>(fromEnvironment(environment, union(valued, switches)));
    all.addAll(arguments);
    Flags flags = Flags.parse(COMMAND, all, valued, switches);
    refuseNotServed(flags);
    return new EtcdCommand(config(flags), notices(flags), apiServers(flags));
  }

  /// As etcd prints it: harnesses read the version from it.
  public static String versionText() {
    return "etcd Version: %s\nJava Version: %s\nOS/Arch: %s/%s"
        .formatted(
            EtcdVersion.SERVER,
            System.getProperty("java.version"),
            System.getProperty("os.name").toLowerCase(Locale.ROOT),
            System.getProperty("os.arch"));
  }

  private static ServerConfig config(Flags flags) throws StartException {
    ServerConfig defaults = ServerConfig.DEFAULT;
    String name = flags.value("name").orElse(defaults.name());
    try {
      return new ServerConfig(
          Optional.of(Path.of(flags.value("data-dir").orElse(name + ".etcd"))),
          false,
          Optional.of(listen(flags)),
          Optional.empty(),
          name,
          flags.value("advertise-client-urls").map(EtcdCommand::urls).orElse(List.of()),
          new KvLimits(
                  number(flags, "max-request-bytes", defaults.limits().requestBytesMax()),
                  number(flags, "max-txn-ops", defaults.limits().txnOperationsMax()))
              .withConcurrentStreams(streams(flags)),
          EtcdAccessFlags.read(flags),
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
          AuthFlags.read(flags, flags.isOn("client-cert-auth")),
          defaults.advertising());
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(String.valueOf(bad.getMessage()));
    }
  }

  private static boolean apiServers(Flags flags) throws StartException {
    String text = flags.value(EtcdFlags.API_SERVERS).orElse("off");
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw flags.refusal(
              "--%s: %s (expected: on or off)".formatted(EtcdFlags.API_SERVERS, text));
    };
  }

  private static Endpoint listen(Flags flags) throws StartException {
    Optional<String> text = flags.value("listen-client-urls");
    if (text.isEmpty()) {
      return ServerConfig.DEFAULT.etcd().orElseThrow();
    }
    List<String> urls = urls(text.get());
    if (urls.size() != 1) {
      throw flags.refusal("--listen-client-urls: %s (expected: one URL)".formatted(text.get()));
    }
    String url = urls.getFirst();
    boolean secure = url.startsWith("https://");
    if (!secure && !url.startsWith("http://")) {
      throw flags.refusal(
          "--listen-client-urls: %s (expected: http://HOST:PORT or https://HOST:PORT)"
              .formatted(url));
    }
    EtcdAccessFlags.requireAgreement(flags, url, secure);
    return Endpoint.parse(URI.create(url).getRawAuthority());
  }

  private static List<String> urls(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  private static int number(Flags flags, String name, int otherwise) {
    String text = flags.value(name).orElse(Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("--%s: %s (expected: a number)".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  /// etcd's default, and its word for no limit, is the largest unsigned number; 0 means the same.
  private static int streams(Flags flags) {
    String text = flags.value("max-concurrent-streams").orElse("0");
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > MAX_UINT32) {
      throw new IllegalArgumentException(
          "--max-concurrent-streams: %s (expected: 0 to %d)".formatted(text, MAX_UINT32));
    }
    long streams = Long.parseLong(text);
    return streams == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, streams);
  }

  private static List<String> notices(Flags flags) {
    Set<String> given = new TreeSet<>(flags.given());
    given.retainAll(union(EtcdFlags.WITHOUT_EFFECT, EtcdFlags.SWITCHES_WITHOUT_EFFECT));
    return given.stream().map("--%s has no effect here"::formatted).toList();
  }

  private static void refuseNotServed(Flags flags) throws StartException {
    for (String name : flags.given()) {
      boolean on = EtcdFlags.SWITCHES_NOT_SERVED.contains(name) && flags.isOn(name);
      boolean set =
          EtcdFlags.NOT_SERVED.contains(name)
              && flags.value(name).filter(v -> !v.isEmpty()).isPresent();
      if (on || set) {
        throw flags.refusal(
            "--%s: not served by this release (expected: leave it out)".formatted(name));
      }
    }
  }

  private static List<String> fromEnvironment(Map<String, String> environment, Set<String> known) {
    List<String> arguments = new ArrayList<>();
    for (String name : new TreeSet<>(known)) {
      String variable = "ETCD_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        arguments.add("--%s=%s".formatted(name, value));
      }
    }
    return arguments;
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> union = new TreeSet<>();
    for (Set<String> set : sets) {
      union.addAll(set);
    }
    return union;
  }
}
