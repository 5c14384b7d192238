package dev.pintle.server.cli;

import static java.util.Objects.requireNonNull;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The flags of etcd as they were given, by whatever road: those after the command, `ETCD_NAME_IN_CAPITALS` in the environment, or a
/// configuration file, beside which both are passed over. A flag and its variable together are refused, as upstream does.
///
/// @param flags by name, each in its plain form
/// @param remarks what was odd and is passed over
record EtcdArguments(Flags flags, List<String> remarks) {
  static final String COMMAND = "etcd";

  /// Images of containers say with it what they have in them.
  private static final String VERSION = "ETCD_VERSION";

  private static final Map<String, EtcdFlag> KNOWN = EtcdFlag.known();

  static EtcdArguments read(List<String> arguments, Map<String, String> environment)
      throws StartException {
    Map<String, String> given = parse(arguments);
    String file = given.getOrDefault(EtcdFlags.CONFIG_FILE, "");
    if (file.isEmpty()) {
      file = environment.getOrDefault(flag(EtcdFlags.CONFIG_FILE).variable(), "");
    }
    List<String> remarks = new ArrayList<>();
    Map<String, String> values;
    if (file.isEmpty()) {
      values = new LinkedHashMap<>(given);
      addVariables(values, environment, remarks);
    } else {
      values = EtcdConfigFile.read(Path.of(file), KNOWN);
      remarks.add(
          "loaded the configuration of %s; other flags and variables are passed over"
              .formatted(file));
      for (String ours : EtcdFlags.OUR_OWN) {
        if (given.containsKey(ours)) {
          values.putIfAbsent(ours, requireNonNull(given.get(ours)));
        }
      }
    }
    return new EtcdArguments(Flags.of(COMMAND, values), List.copyOf(remarks));
  }

  /// As Go's flags are read: one dash or two, a switch takes a value only behind an equals sign, and what is no flag ends them.
  private static Map<String, String> parse(List<String> arguments) throws StartException {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.length() < 2 || !argument.startsWith("-")) {
        throw invalid("%s is not a valid flag".formatted(GoDuration.quoted(argument)));
      }
      if (argument.equals("--")) {
        if (i + 1 < arguments.size()) {
          throw invalid(
              "%s is not a valid flag".formatted(GoDuration.quoted(arguments.get(i + 1))));
        }
        break;
      }
      String dashless = argument.substring(argument.startsWith("--") ? 2 : 1);
      if (dashless.startsWith("-") || dashless.startsWith("=")) {
        throw usage("bad flag syntax: " + argument);
      }
      int equals = dashless.indexOf('=');
      String name = equals < 0 ? dashless : dashless.substring(0, equals);
      EtcdFlag flag = KNOWN.get(name);
      if (flag == null) {
        throw usage("flag provided but not defined: -" + name);
      }
      String value;
      if (equals >= 0) {
        value = dashless.substring(equals + 1);
      } else if (flag.kind().mayStandAlone()) {
        value = "true";
      } else if (i + 1 < arguments.size()) {
        value = arguments.get(++i);
      } else {
        throw usage("flag needs an argument: -" + name);
      }
      values.put(name, plain(flag, value));
    }
    return values;
  }

  private static String plain(EtcdFlag flag, String value) throws StartException {
    try {
      return EtcdValue.plain(flag, value);
    } catch (IllegalArgumentException bad) {
      String truth = flag.kind() == EtcdFlag.Kind.SWITCH ? "boolean " : "";
      String of = truth.isEmpty() ? "flag -" : "-";
      throw usage(
          "invalid %svalue %s for %s%s: %s"
              .formatted(truth, GoDuration.quoted(value), of, flag.name(), bad.getMessage()));
    }
  }

  private static void addVariables(
      Map<String, String> values, Map<String, String> environment, List<String> remarks)
      throws StartException {
    Map<String, EtcdFlag> byVariable = new TreeMap<>();
    KNOWN.values().forEach(flag -> byVariable.put(flag.variable(), flag));
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(EtcdFlags.VARIABLES)) {
        continue;
      }
      EtcdFlag flag = byVariable.get(name);
      if (name.equals(VERSION)) {
        remarks.add("cannot set special environment variable: " + name);
      } else if (flag == null) {
        remarks.add("unrecognized environment variable: " + name);
      } else if (values.containsKey(flag.name())) {
        throw invalid(
            "conflicting environment variable \"%s\" is shadowed by corresponding command-line flag (either unset environment variable or disable flag)"
                .formatted(name));
      } else if (!variable.getValue().isEmpty()) {
        values.put(flag.name(), ofVariable(flag, variable.getValue()));
      }
    }
  }

  private static String ofVariable(EtcdFlag flag, String value) throws StartException {
    try {
      return EtcdValue.plain(flag, value);
    } catch (IllegalArgumentException bad) {
      throw invalid(
          "invalid value %s for %s: %s"
              .formatted(GoDuration.quoted(value), flag.variable(), bad.getMessage()));
    }
  }

  static EtcdFlag flag(String name) {
    return requireNonNull(KNOWN.get(name), name);
  }

  private static StartException usage(String what) {
    return new StartException(ExitCode.USAGE, "%s; see etcd --help".formatted(what));
  }

  private static StartException invalid(String what) {
    return new StartException(ExitCode.LIKE_ETCD, what);
  }
}
