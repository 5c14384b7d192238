package dev.pintle.server.cli;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.route.VersionInfo;
import dev.pintle.server.config.ApiServerIdentity;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The command `./pintle kube-apiserver`: the Kubernetes API alone, with kube-apiserver's own flags, served from the store of an etcd of Pintle.
///
/// @param config what it has in common with a server that has a store of its own
/// @param ranges where services get their addresses and node ports from
/// @param store the port of the etcd whose store it serves from, on this machine
/// @param flags those that were given and work, as they count
/// @param notices what was accepted and has no effect, for the user to read
public record ApiServerCommand(
    ServerConfig config,
    ApiServerIdentity identity,
    ServiceRanges ranges,
    int store,
    Map<String, String> flags,
    List<String> notices) {
  private static final int PORT_MAX = 65_535;
  private static final int ETCD_PORT = 2379;
  private static final Set<String> FILES =
      Set.of(
          "cert-dir",
          "tls-cert-file",
          "tls-private-key-file",
          "client-ca-file",
          "service-account-key-file",
          "service-account-signing-key-file",
          "audit-policy-file",
          "audit-log-path",
          "audit-webhook-config-file",
          "admission-control-config-file");
  private static final String RUNTIME_CONFIG = "runtime-config";

  /// Values of [#RUNTIME_CONFIG] that name no version.
  private static final Set<String> GROUPS =
      Set.of(
          "api/all=true",
          "api/ga=true",
          "api/beta=true",
          "api/beta=false",
          "api/alpha=true",
          "api/alpha=false");

  private static final String CERT_DIR = "/var/run/kubernetes";

  public ApiServerCommand {
    flags = Map.copyOf(flags);
    notices = List.copyOf(notices);
  }

  public static ApiServerCommand parse(List<String> arguments) throws StartException {
    ApiServerArguments given = ApiServerArguments.parse(arguments);
    refuseNotServed(given);
    ApiServerGates.require(given);
    requireWhatUpstreamDoes(given);
    List<String> common = new ArrayList<>(List.of("--memory", "--etcd=off", "--controllers=-*"));
    common.add("--kube=" + listen(given));
    Map<String, String> flags = new LinkedHashMap<>();
    for (ApiServerFlag flag : given.given()) {
      String value = String.join(",", given.all(flag.name()));
      if (flag.verdict() == ApiServerFlag.Verdict.WORKS) {
        flags.put(flag.name(), value);
        if (UpCommand.known().contains(flag.name())) {
          common.add("--%s=%s".formatted(flag.name(), inCommon(flag, value)));
        }
      }
    }
    ServerConfig config = UpCommand.parse(ApiServerArguments.COMMAND, common);
    return new ApiServerCommand(
        config, identity(given), ranges(config, given), store(given), flags, notices(given));
  }

  /// Suites ask for all groups at once and use few: what is not served is answered 404, to whoever asks for it.
  private static String inCommon(ApiServerFlag flag, String value) {
    return flag.name().equals(RUNTIME_CONFIG)
        ? Arrays.stream(value.split(",", -1))
            .filter(each -> !GROUPS.contains(each.strip()))
            .collect(Collectors.joining(","))
        : value;
  }

  /// The same flags, for a process that runs in another folder: files are named from the root on.
  ///
  /// @param folder from which `arguments` name files
  public static List<String> fromAnywhere(List<String> arguments, Path folder)
      throws StartException {
    ApiServerArguments given = ApiServerArguments.parse(arguments);
    List<String> absolute = new ArrayList<>();
    for (ApiServerFlag flag : given.given()) {
      for (String value : given.all(flag.name())) {
        boolean file = FILES.contains(flag.name()) && !value.isEmpty() && !value.equals("-");
        absolute.add("--%s=%s".formatted(flag.name(), file ? folder.resolve(value) : value));
      }
    }
    return absolute;
  }

  /// As kube-apiserver prints it.
  public static String versionText() {
    return "Kubernetes " + VersionInfo.GIT_VERSION;
  }

  private static ApiServerIdentity identity(ApiServerArguments given) throws StartException {
    Path folder = Path.of(given.value("cert-dir").orElse(CERT_DIR));
    boolean named = given.value("tls-cert-file").isPresent();
    if (named != given.value("tls-private-key-file").isPresent()) {
      throw given.refusal("--tls-cert-file and --tls-private-key-file (expected: both or neither)");
    }
    Path key =
        given.value("tls-private-key-file").map(Path::of).orElse(folder.resolve("apiserver.key"));
    List<String> issuers = given.all("service-account-issuer");
    List<String> audiences =
        given.value("api-audiences").map(all -> List.of(all.split(",", -1))).orElse(issuers);
    return new ApiServerIdentity(
        given.value("tls-cert-file").map(Path::of).orElse(folder.resolve("apiserver.crt")),
        key,
        !named,
        given.value("client-ca-file").map(Path::of),
        Path.of(given.value("service-account-signing-key-file").orElseThrow()),
        given.all("service-account-key-file").stream().map(Path::of).toList(),
        issuers,
        audiences,
        given.value("anonymous-auth").map(Boolean::parseBoolean).orElse(true));
  }

  private static String listen(ApiServerArguments given) throws StartException {
    String port = given.value("secure-port").orElse("6443");
    if (!port.matches("[0-9]{1,5}") || !isPort(Integer.parseInt(port))) {
      throw given.refusal(
          "--secure-port %s must be between 1 and 65535, inclusive. It cannot be turned off with 0"
              .formatted(port));
    }
    return new Endpoint(given.value("bind-address").orElse("0.0.0.0"), Integer.parseInt(port))
        .toString();
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= PORT_MAX;
  }

  private static int store(ApiServerArguments given) throws StartException {
    String text = given.value("etcd-servers").orElseThrow();
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && new Endpoint(url.getHost(), 0).isLoopback()) {
        return url.getPort() < 0 ? ETCD_PORT : url.getPort();
      }
    } catch (IllegalArgumentException noUrl) {
      // It is refused below.
    }
    throw given.refusal(
        "--etcd-servers: %s (expected: one etcd of Pintle on this machine, such as http://127.0.0.1:2379)"
            .formatted(text));
  }

  /// As kube-apiserver has it: `30000-32767`, or `30000+2768`.
  private static ServiceRanges ranges(ServerConfig config, ApiServerArguments given)
      throws StartException {
    ServiceRanges usual = config.serviceRanges();
    String text = given.value("service-node-port-range").orElse("");
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int dash = text.indexOf('-');
      int plus = text.indexOf('+');
      int end = Math.max(dash, plus);
      int first = Integer.parseInt(end < 0 ? text : text.substring(0, end));
      int second = end < 0 ? first : Integer.parseInt(text.substring(end + 1));
      int last = plus >= 0 ? Math.addExact(first, second) : second;
      return new ServiceRanges(usual.networks(), first, last);
    } catch (IllegalArgumentException | ArithmeticException bad) {
      throw given.refusal(
          "--service-node-port-range: %s (expected: such as 30000-32767)".formatted(text));
    }
  }

  private static void requireWhatUpstreamDoes(ApiServerArguments given) throws StartException {
    List<String> missing = new ArrayList<>();
    for (String name :
        List.of(
            "etcd-servers",
            "service-account-issuer",
            "service-account-key-file",
            "service-account-signing-key-file")) {
      if (given.value(name).isEmpty()) {
        missing.add("--%s must be specified".formatted(name));
      }
    }
    if (!missing.isEmpty()) {
      throw given.refusal(String.join(", ", missing));
    }
  }

  private static void refuseNotServed(ApiServerArguments given) throws StartException {
    for (ApiServerFlag flag : given.given()) {
      String value = String.join(",", given.all(flag.name()));
      boolean refused = flag.verdict() == ApiServerFlag.Verdict.REFUSED;
      boolean off =
          value.isEmpty() || (flag.kind() == ApiServerFlag.Kind.SWITCH && value.equals("false"));
      boolean usual =
          flag.otherwise().isEmpty() ? off : value.isEmpty() || value.equals(flag.otherwise());
      if (refused && !usual) {
        throw given.refusal("--%s=%s: refused: %s".formatted(flag.name(), value, flag.words()));
      }
    }
  }

  private static List<String> notices(ApiServerArguments given) {
    String without =
        given.given().stream()
            .filter(flag -> flag.verdict() == ApiServerFlag.Verdict.ACCEPTED)
            .map(flag -> "--" + flag.name())
            .collect(Collectors.joining(", "));
    return without.isEmpty() ? List.of() : List.of("without effect here: " + without);
  }
}
