package dev.pintle.server.cli;

import static java.util.Objects.requireNonNull;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The flags of kube-apiserver as they were given, read as upstream reads them: two dashes, `--name value` or `--name=value`, an underscore
/// as good as a dash within a name, a switch alone or with a truth of Go, `-v` for short.
final class ApiServerArguments {
  static final String COMMAND = "kube-apiserver";

  private final Map<String, ApiServerFlag> known = ApiServerFlag.known();
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private ApiServerArguments() {}

  static ApiServerArguments parse(List<String> arguments) throws StartException {
    ApiServerArguments read = new ApiServerArguments();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-") || argument.equals("--")) {
        throw read.refusal(
            "\"kube-apiserver\" does not take any arguments, got \"%s\"".formatted(argument));
      }
      int equals = argument.indexOf('=');
      ApiServerFlag flag = read.flag(equals < 0 ? argument : argument.substring(0, equals));
      if (equals >= 0) {
        read.add(flag, argument.substring(equals + 1));
      } else if (argument.startsWith("-v") && argument.length() > 2) {
        read.add(flag, argument.substring(2));
      } else if (flag.kind() == ApiServerFlag.Kind.SWITCH) {
        read.add(flag, "true");
      } else if (i + 1 < arguments.size()) {
        read.add(flag, arguments.get(++i));
      } else {
        throw read.refusal("flag needs an argument: " + argument);
      }
    }
    return read;
  }

  private ApiServerFlag flag(String dashed) throws StartException {
    String name =
        dashed.startsWith("--")
            ? dashed.substring(2).replace('_', '-')
            : dashed.startsWith("-v") ? "v" : dashed.equals("-h") ? "help" : "";
    ApiServerFlag flag = known.get(name);
    if (flag == null) {
      throw refusal("unknown flag: " + dashed);
    }
    return flag;
  }

  private void add(ApiServerFlag flag, String value) throws StartException {
    boolean truth = flag.kind() == ApiServerFlag.Kind.SWITCH && !flag.name().equals("version");
    String read = truth ? truth(flag, value) : value;
    List<String> before = values.computeIfAbsent(flag.name(), _ -> new ArrayList<>());
    switch (flag.kind()) {
      case SWITCH, TEXT -> {
        before.clear();
        before.add(read);
      }
      case LIST, EACH -> before.add(read);
    }
  }

  private String truth(ApiServerFlag flag, String value) throws StartException {
    return switch (value) {
      case "1", "t", "T", "TRUE", "true", "True" -> "true";
      case "0", "f", "F", "FALSE", "false", "False" -> "false";
      default ->
          throw refusal(
              "invalid argument \"%s\" for \"--%s\" flag: strconv.ParseBool: parsing \"%s\": invalid syntax"
                  .formatted(value, flag.name(), value));
    };
  }

  /// The flags that were given, in that order.
  List<ApiServerFlag> given() {
    return values.keySet().stream().map(name -> requireNonNull(known.get(name))).toList();
  }

  /// What was given; that of a list with commas between. Empty where nothing was, or an empty text.
  Optional<String> value(String name) {
    return Optional.of(String.join(",", all(name))).filter(text -> !text.isEmpty());
  }

  /// Each value that was given.
  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  StartException refusal(String what) {
    return new StartException(
        ExitCode.USAGE, "%s; see ./pintle %s --help".formatted(what, COMMAND));
  }
}
