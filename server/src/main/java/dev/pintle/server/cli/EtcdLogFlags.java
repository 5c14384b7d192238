package dev.pintle.server.cli;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.log.EtcdLog.Choice;
import dev.pintle.server.log.EtcdLog.Rotation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// The flags of etcd that say what is logged, how and where to.
final class EtcdLogFlags {
  private static final String DEFAULT = "default";
  private static final String JOURNAL = "systemd/journal";
  private static final List<String> STREAMS = List.of("stderr", "stdout");
  private static final String FILE_SCHEME = "file://";
  private static final int MEGABYTES_DEFAULT = 100;

  private EtcdLogFlags() {}

  static Choice read(Flags flags) throws StartException {
    String logger = flags.value("logger").orElse("zap");
    if (logger.equals("capnslog")) {
      throw flags.invalid("--logger=capnslog is removed in v3.5");
    }
    if (!logger.equals("zap")) {
      throw flags.invalid("unknown logger option " + GoDuration.quoted(logger));
    }
    List<String> outputs = outputs(flags);
    Optional<Rotation> rotation =
        flags.isOn("enable-log-rotation")
            ? Optional.of(rotation(flags, outputs))
            : Optional.empty();
    return new Choice(level(flags), json(flags), outputs, rotation);
  }

  private static String level(Flags flags) throws StartException {
    String level = flags.value("log-level").orElse("info");
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "debug" -> "DEBUG";
      case "info", "" -> "INFO";
      case "warn" -> "WARN";
      case "error" -> "ERROR";
      case "dpanic", "panic", "fatal" -> "OFF";
      default ->
          throw new StartException(
              ExitCode.USAGE, "unrecognized level: %s".formatted(GoDuration.quoted(level)));
    };
  }

  private static boolean json(Flags flags) throws StartException {
    String format = flags.value("log-format").orElse("json");
    return switch (format) {
      case "json", "" -> true;
      case "console" -> false;
      default ->
          throw flags.invalid(
              "unknown log format: %s, supported values json, console".formatted(format));
    };
  }

  private static List<String> outputs(Flags flags) throws StartException {
    TreeSet<String> given =
        new TreeSet<>(Arrays.asList(flags.value("log-outputs").orElse(DEFAULT).split(",", -1)));
    if (given.size() > 1 && given.contains(DEFAULT)) {
      throw flags.invalid("multi logoutput for \"default\" is not supported yet");
    }
    if (given.contains(JOURNAL)) {
      throw flags.refusal(
          "--log-outputs: %s (expected: stderr, stdout or files; systemd keeps what goes to stderr in its journal)"
              .formatted(JOURNAL));
    }
    List<String> outputs = new ArrayList<>();
    for (String each : given) {
      if (each.equals(DEFAULT)) {
        outputs.add(STREAMS.getFirst());
      } else if (each.startsWith(FILE_SCHEME)) {
        outputs.add(each.substring(FILE_SCHEME.length()));
      } else if (each.isEmpty() || each.contains("://")) {
        throw flags.invalid("couldn't open sink %s".formatted(GoDuration.quoted(each)));
      } else {
        outputs.add(each);
      }
    }
    return outputs;
  }

  private static Rotation rotation(Flags flags, List<String> outputs) throws StartException {
    long files = outputs.stream().filter(output -> !STREAMS.contains(output)).count();
    if (files != 1) {
      throw flags.invalid(
          "--log-outputs requires a single file path when --log-rotate-config-json is defined");
    }
    String text = flags.value("log-rotation-config-json").orElse("{}");
    Json tree;
    try {
      tree = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException broken) {
      throw flags.invalid("improperly formatted log rotation config: " + broken.getMessage());
    }
    if (!(tree instanceof JsonObject fields)) {
      throw flags.invalid("invalid log rotation config: no object");
    }
    return new Rotation(
        number(flags, fields, "maxsize", MEGABYTES_DEFAULT),
        number(flags, fields, "maxage", 0),
        number(flags, fields, "maxbackups", 0),
        truth(flags, fields, "localtime"),
        truth(flags, fields, "compress"));
  }

  private static int number(Flags flags, JsonObject fields, String name, int otherwise)
      throws StartException {
    Json found = fields.get(name);
    if (found == null) {
      return otherwise;
    }
    if (found instanceof Json.Whole(long number) && number >= 0 && number <= Integer.MAX_VALUE) {
      return (int) number;
    }
    throw mismatch(flags, found, name, "int");
  }

  private static boolean truth(Flags flags, JsonObject fields, String name) throws StartException {
    Json found = fields.get(name);
    if (found == null) {
      return false;
    }
    if (found instanceof Json.Bool(boolean truth)) {
      return truth;
    }
    throw mismatch(flags, found, name, "bool");
  }

  private static StartException mismatch(Flags flags, Json found, String name, String type) {
    return flags.invalid(
        "invalid log rotation config: json: cannot unmarshal %s into Go struct field logRotationConfig.Logger.%s of type %s"
            .formatted(EtcdConfigFile.word(found), name, type));
  }
}
