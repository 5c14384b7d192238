package dev.pintle.server.cli;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The configuration file of etcd, in YAML: most keys are the names of flags; those of TLS stand in two objects, those of
/// sockets and of discovery in one each. A time is a whole number of nanoseconds. A key that is unknown is passed over, and
/// the case of letters does not count, as upstream has it.
final class EtcdConfigFile {
  private static final Map<String, String> CLIENT_SECURITY =
      Map.of(
          "cert-file", "cert-file",
          "key-file", "key-file",
          "client-cert-file", "client-cert-file",
          "client-key-file", "client-key-file",
          "client-cert-auth", "client-cert-auth",
          "trusted-ca-file", "trusted-ca-file",
          "auto-tls", "auto-tls",
          "allowed-hostname", "client-cert-allowed-hostname");

  private static final Map<String, String> PEER_SECURITY =
      Map.of(
          "cert-file", "peer-cert-file",
          "key-file", "peer-key-file",
          "client-cert-file", "peer-client-cert-file",
          "client-key-file", "peer-client-key-file",
          "client-cert-auth", "peer-client-cert-auth",
          "trusted-ca-file", "peer-trusted-ca-file",
          "auto-tls", "peer-auto-tls",
          "allowed-hostname", "peer-cert-allowed-hostname",
          "allowed-cn", "peer-cert-allowed-cn");

  private static final Map<String, Nested> OBJECTS =
      Map.of(
          "client-transport-security",
          new Nested("securityConfig.configJSON", "embed.securityConfig", CLIENT_SECURITY),
          "peer-transport-security",
          new Nested("securityConfig.configJSON", "embed.securityConfig", PEER_SECURITY),
          "socket-options",
          new Nested(
              "SocketOpts.Config",
              "transport.SocketOpts",
              Map.of("reuse-port", "socket-reuse-port", "reuse-address", "socket-reuse-address")),
          "discovery-config",
          new Nested(
              "DiscoveryConfig.Config",
              "v3discovery.DiscoveryConfig",
              Map.of("endpoints", "discovery-endpoints", "discovery-token", "discovery-token")));

  /// The keys that upstream reads beside its configuration, as its complaints show.
  private static final Set<String> BESIDE =
      Set.of(
          "listen-peer-urls",
          "listen-client-urls",
          "listen-client-http-urls",
          "initial-advertise-peer-urls",
          "advertise-client-urls",
          "cors",
          "host-whitelist",
          "feature-gates");

  private final Map<String, EtcdFlag> known;
  private final Map<String, String> values = new LinkedHashMap<>();

  /// An object of the file whose fields are flags by other names.
  ///
  /// @param owner where upstream has it
  /// @param type what upstream calls it
  private record Nested(String owner, String type, Map<String, String> flags) {}

  private EtcdConfigFile(Map<String, EtcdFlag> known) {
    this.known = known;
  }

  /// The flags that the file says, each in its plain form.
  static Map<String, String> read(Path file, Map<String, EtcdFlag> known) throws StartException {
    EtcdConfigFile read = new EtcdConfigFile(known);
    Json tree;
    try {
      tree = YamlReader.read(Files.readString(file));
    } catch (NoSuchFileException absent) {
      throw bad("open %s: no such file or directory".formatted(file));
    } catch (IOException unreadable) {
      throw bad("open %s: %s".formatted(file, unreadable.getMessage()));
    } catch (JsonSyntaxException broken) {
      throw bad("error converting YAML to JSON: " + broken.getMessage());
    }
    switch (tree) {
      case JsonObject object -> read.addAll(object);
      case Json.Null _ -> {
        // an empty file: all is as by default
      }
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          throw mismatch(word(tree), "value", "embed.configYAML");
    }
    return read.values;
  }

  private void addAll(JsonObject object) throws StartException {
    for (JsonObject.Field field : object) {
      String name = field.name().toLowerCase(Locale.ROOT);
      Nested nested = OBJECTS.get(name);
      EtcdFlag flag = known.get(name);
      if (nested != null) {
        addNested(name, field.value(), nested);
      } else if (flag != null && flag.kind() != EtcdFlag.Kind.PASSED_OVER) {
        add(flag, (BESIDE.contains(name) ? "configJSON." : "Config.") + name, field.value());
      }
    }
  }

  private void addNested(String name, Json value, Nested nested) throws StartException {
    if (value instanceof Json.Null) {
      return;
    }
    if (!(value instanceof JsonObject object)) {
      String owner = nested.owner().substring(nested.owner().indexOf('.') + 1);
      throw mismatch(word(value), "struct field configYAML." + owner + "." + name, nested.type());
    }
    for (JsonObject.Field field : object) {
      String key = field.name().toLowerCase(Locale.ROOT);
      String path = name + "." + key;
      String place = "struct field " + nested.owner() + "." + path;
      String flag = nested.flags().get(key);
      if (flag != null) {
        addAt(EtcdArguments.flag(flag), place, path, field.value());
      } else if (path.equals("client-transport-security.allowed-cn")) {
        values.put(EtcdFlags.ALLOWED_NAMES, list(place, field.value()));
      }
    }
  }

  private void add(EtcdFlag flag, String path, Json value) throws StartException {
    addAt(flag, "struct field configYAML." + path, flag.name(), value);
  }

  /// @param place as upstream complains of it
  private void addAt(EtcdFlag flag, String place, String name, Json value) throws StartException {
    if (value instanceof Json.Null) {
      return;
    }
    String text =
        switch (flag.kind()) {
          case SWITCH -> {
            if (!(value instanceof Json.Bool truth)) {
              throw mismatch(word(value), place, "bool");
            }
            yield Boolean.toString(truth.value());
          }
          case UINT, UINT32, UINT64, INT, INT64 ->
              whole(value, place, flag.kind().name().toLowerCase(Locale.ROOT));
          case DURATION -> whole(value, place, "time.Duration") + "ns";
          case LIST -> isText(flag) ? text(place, value) : list(place, value);
          case TEXT, URLS, ORIGINS, GATES, CHOICE, PASSED_OVER -> text(place, value);
        };
    try {
      if (!(flag.kind() == EtcdFlag.Kind.ORIGINS && text.isEmpty())) {
        values.put(flag.name(), EtcdValue.plain(flag, text));
      }
    } catch (IllegalArgumentException bad) {
      throw switch (flag.kind()) {
        case GATES -> bad(String.valueOf(bad.getMessage()));
        case UINT, UINT32, UINT64, INT, INT64 ->
            mismatch("number " + text, place, flag.kind().name().toLowerCase(Locale.ROOT));
        case URLS, ORIGINS, SWITCH, TEXT, LIST, DURATION, CHOICE, PASSED_OVER ->
            bad("unexpected error setting up %s: %s".formatted(name, bad.getMessage()));
      };
    }
  }

  /// Upstream has this one as a text with commas.
  private static boolean isText(EtcdFlag flag) {
    return flag.name().equals("host-whitelist");
  }

  private static String whole(Json value, String place, String type) throws StartException {
    return switch (value) {
      case Json.Whole number when !type.startsWith("u") || number.value() >= 0 ->
          Long.toString(number.value());
      case Json.Whole negative -> throw mismatch("number " + negative.value(), place, type);
      case Json.Decimal number ->
          throw mismatch(
              "number "
                  + (number.written().isEmpty()
                      ? Double.toString(number.value())
                      : number.written()),
              place,
              type);
      case Json.Text _, Json.Bool _, Json.Null _, JsonObject _, JsonArray _ ->
          throw mismatch(word(value), place, type);
    };
  }

  private static String text(String place, Json value) throws StartException {
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw mismatch(word(value), place, "string");
  }

  private static String list(String place, Json value) throws StartException {
    if (!(value instanceof JsonArray array)) {
      throw mismatch(word(value), place, "[]string");
    }
    StringBuilder list = new StringBuilder();
    for (Json item : array) {
      list.append(list.isEmpty() ? "" : ",").append(text(place, item));
    }
    return list.toString();
  }

  /// What Go calls it.
  static String word(Json value) {
    return switch (value) {
      case Json.Text _ -> "string";
      case Json.Whole _, Json.Decimal _ -> "number";
      case Json.Bool _ -> "bool";
      case JsonArray _ -> "array";
      case JsonObject _ -> "object";
      case Json.Null _ -> "null";
    };
  }

  private static StartException mismatch(String what, String place, String type) {
    return bad(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal %s into Go %s of type %s"
            .formatted(what, place, type));
  }

  private static StartException bad(String what) {
    return new StartException(ExitCode.LIKE_ETCD, what);
  }
}
