package dev.pintle.server.cli;

import dev.pintle.kube.ControllerSelection;
import dev.pintle.kube.authz.AuthorizationModes;
import dev.pintle.server.config.Advertising;
import dev.pintle.server.config.CompactionConfig;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The command `./pintle up`: the store and the Kubernetes API.
public final class UpCommand {
  private static final String SERVICE_RANGE = "service-cluster-ip-range";
  private static final String EVENT_TTL = "event-ttl";
  private static final String CONTROLLERS = "controllers";
  private static final String AUTHORIZATION = "authorization-mode";
  private static final String ADVERTISED = "advertise-address";
  private static final String RECONCILER = "endpoint-reconciler-type";
  private static final Set<String> VALUED =
      Set.of(
          "data",
          "etcd",
          "kube",
          "admin-token",
          "etcd-compaction-interval",
          QueuingFlag.BESIDE,
          VersionFlags.RUNTIME_CONFIG,
          EVENT_TTL,
          CONTROLLERS,
          AUTHORIZATION,
          ADVERTISED,
          RECONCILER,
          SERVICE_RANGE);
  private static final String ALLOW_PRIVILEGED = "allow-privileged";
  private static final Set<String> SWITCHES = Set.of("memory", "etcd-insecure", ALLOW_PRIVILEGED);

  private static final String ON = "on";
  private static final String OFF = "off";

  private UpCommand() {}

  public static ServerConfig parse(List<String> arguments) throws StartException {
    return parse("up", arguments);
  }

  /// @param command whose page of help names the flags
  static ServerConfig parse(String command, List<String> arguments) throws StartException {
    Flags flags = Flags.parse(command, arguments, valued(), switches());
    ServerConfig defaults = ServerConfig.DEFAULT;
    try {
      return new ServerConfig(
          flags.value("data").map(Path::of).or(defaults::data),
          flags.isOn("memory"),
          address(flags, "etcd", defaults.etcd()),
          address(flags, "kube", defaults.kube()),
          defaults.name(),
          defaults.advertisedUrls(),
          defaults.limits(),
          flags.isOn("etcd-insecure") ? new EtcdAccess.ClearText() : defaults.access(),
          adminToken(flags, defaults.adminToken()),
          flags
              .value(SERVICE_RANGE)
              .map(defaults.serviceRanges()::withNetworks)
              .orElse(defaults.serviceRanges()),
          GoDuration.ofFlag(
              flags, EVENT_TTL, defaults.eventTtl(), "such as 1h, or 0 to keep them for ever"),
          flags.isOn(ALLOW_PRIVILEGED),
          FlowFlags.read(flags),
          VersionFlags.read(flags),
          flags.value(CONTROLLERS).map(ControllerSelection::parse).orElse(defaults.controllers()),
          flags.value(AUTHORIZATION).map(AuthorizationModes::of).orElse(defaults.authorization()),
          AdmissionFlags.read(flags),
          AuditFlags.read(flags),
          new CompactionConfig(CompactionFlags.interval(flags), defaults.compaction().auto()),
          QueuingFlag.read(flags, QueuingFlag.BESIDE),
          defaults.auth(),
          Advertising.of(
              flags.value(ADVERTISED).orElse(defaults.advertising().address()),
              flags.value(RECONCILER).orElse(defaults.advertising().reconciler().flag())));
    } catch (InvalidPathException noPath) {
      throw flags.refusal("--data: %s".formatted(noPath.getMessage()));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal(String.valueOf(bad.getMessage()));
    }
  }

  /// The names of all flags.
  static Set<String> known() {
    return both(valued(), switches());
  }

  private static Set<String> valued() {
    return both(both(VALUED, FlowFlags.VALUED), both(AdmissionFlags.VALUED, AuditFlags.VALUED));
  }

  private static Set<String> switches() {
    return both(both(SWITCHES, FlowFlags.SWITCHES), AuditFlags.SWITCHES);
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /// Every flag with the value that counts, given or not: [#parse] of them answers the same configuration.
  public static Map<String, String> flags(ServerConfig config) {
    Map<String, String> shown = new TreeMap<>(FlowFlags.shown(config.flow()));
    shown.put(QueuingFlag.BESIDE, config.queuing().given());
    shown.put(VersionFlags.RUNTIME_CONFIG, VersionFlags.shown(config.earlier()));
    shown.putAll(
        Map.of(
            "data",
            config.data().map(Path::toString).orElse(""),
            "etcd",
            config.etcd().map(Endpoint::toString).orElse(OFF),
            "kube",
            config.kube().map(Endpoint::toString).orElse(OFF),
            "memory",
            Boolean.toString(config.memory()),
            "etcd-insecure",
            Boolean.toString(config.access() instanceof EtcdAccess.ClearText),
            "admin-token",
            config.adminToken() ? ON : OFF,
            "etcd-compaction-interval",
            GoDuration.text(config.compaction().apiServerInterval()),
            EVENT_TTL,
            GoDuration.text(config.eventTtl()),
            ALLOW_PRIVILEGED,
            Boolean.toString(config.allowPrivileged())));
    shown.put(SERVICE_RANGE, String.join(",", config.serviceRanges().networks()));
    shown.putAll(AdmissionFlags.shown(config.admission()));
    shown.putAll(AuditFlags.shown(config.audit()));
    shown.put(AUTHORIZATION, String.join(",", config.authorization().names()));
    shown.put(ADVERTISED, config.advertising().address());
    shown.put(RECONCILER, config.advertising().reconciler().flag());
    shown.put(CONTROLLERS, config.controllers().toString());
    return shown;
  }

  private static boolean adminToken(Flags flags, boolean otherwise) throws StartException {
    String text = flags.value("admin-token").orElse(otherwise ? ON : OFF);
    return switch (text) {
      case ON -> true;
      case OFF -> false;
      default -> throw flags.refusal("--admin-token: %s (expected: on or off)".formatted(text));
    };
  }

  private static Optional<Endpoint> address(Flags flags, String name, Optional<Endpoint> otherwise)
      throws StartException {
    Optional<String> text = flags.value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().equals(OFF)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Endpoint.parse(text.get()));
    } catch (IllegalArgumentException bad) {
      throw flags.refusal("--%s: %s or off".formatted(name, bad.getMessage()));
    }
  }
}
