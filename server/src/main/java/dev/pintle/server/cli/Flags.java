package dev.pintle.server.cli;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The flags of one command as they were given: `--name value`, `--name=value`, or a switch, which stands alone. As with etcd's
/// own, one dash is as good as two. The last of a repeated flag counts.
final class Flags {
  private final String command;
  private final Map<String, String> values;

  private Flags(String command, Map<String, String> values) {
    this.command = command;
    this.values = values;
  }

  /// Those that were read by another reader.
  static Flags of(String command, Map<String, String> values) {
    return new Flags(command, new LinkedHashMap<>(values));
  }

  /// @param valued the names of flags that take a value
  /// @param switches the names of flags that take none, or `=true` and `=false`
  static Flags parse(
      String command, List<String> arguments, Set<String> valued, Set<String> switches)
      throws StartException {
    Flags flags = new Flags(command, new LinkedHashMap<>());
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = flags.name(equals < 0 ? argument : argument.substring(0, equals));
      if (switches.contains(name)) {
        flags.values.put(name, equals < 0 ? "true" : argument.substring(equals + 1));
      } else if (!valued.contains(name)) {
        throw flags.refusal("--%s: no such flag".formatted(name));
      } else if (equals >= 0) {
        flags.values.put(name, argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        flags.values.put(name, arguments.get(++i));
      } else {
        throw flags.refusal("--%s: no value (expected: --%s VALUE)".formatted(name, name));
      }
    }
    return flags;
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean isOn(String name) throws StartException {
    return isOn(name, false);
  }

  /// @param otherwise what counts when it is not given
  boolean isOn(String name, boolean otherwise) throws StartException {
    String value = values.getOrDefault(name, Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal("--%s: %s (expected: true or false)".formatted(name, value));
    };
  }

  Set<String> given() {
    return values.keySet();
  }

  StartException refusal(String what) {
    return new StartException(
        ExitCode.USAGE, "%s; see ./pintle %s --help".formatted(what, command));
  }

  /// A refusal of what is a flag, but as a whole cannot be: etcd ends otherwise then.
  StartException invalid(String what) {
    return new StartException(ExitCode.LIKE_ETCD, what);
  }

  private String name(String argument) throws StartException {
    if (argument.startsWith("--") && argument.length() > 2) {
      return argument.substring(2);
    }
    if (argument.startsWith("-") && argument.length() > 1 && !argument.startsWith("--")) {
      return argument.substring(1);
    }
    throw refusal("%s: unexpected (expected: a flag)".formatted(argument));
  }
}
