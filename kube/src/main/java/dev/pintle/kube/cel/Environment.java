package dev.pintle.kube.cel;

import dev.pintle.kube.cel.Functions.Implementation;
import dev.pintle.kube.rule.TableFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The functions and variables that an expression may refer to: functions with the forms in which they are called and what
/// they do. Immutable; who has more to offer than the language makes a larger one of it.
final class Environment {
  /// Functions that the evaluation itself carries out, since they do not need all of their arguments or stand for signs.
  private static final Set<String> EVALUATED =
      Set.of(
          "_?_:_",
          "_[_]",
          "_[?_]",
          "_?._",
          "@not_strictly_false",
          "cel.@mapInsert",
          "or",
          "orValue");

  /// The language with its libraries, as `functions.txt` declares them, and without a variable. Whom to ask about rights is a variable
  /// that only admission has.
  static final Environment STANDARD =
      read(TableFile.beside(Environment.class, "functions.txt"), Functions.library())
          .declaring(
              TableFile.beside(Environment.class, "authorization-functions.txt"),
              AuthorizerFunctions.library());

  /// Names of types, which are values as well.
  static final Map<String, CelType> TYPES =
      Map.ofEntries(
          Map.entry("bool", CelType.BOOL),
          Map.entry("int", CelType.INT),
          Map.entry("uint", CelType.UINT),
          Map.entry("double", CelType.DOUBLE),
          Map.entry("string", CelType.STRING),
          Map.entry("bytes", CelType.BYTES),
          Map.entry("null_type", CelType.NULL),
          Map.entry("google.protobuf.Duration", CelType.DURATION),
          Map.entry("google.protobuf.Timestamp", CelType.TIMESTAMP),
          Map.entry(NetAddress.TYPE, CelType.ADDRESS),
          Map.entry(NetPrefix.TYPE, CelType.ADDRESS_RANGE),
          Map.entry("optional_type", CelType.optional(CelType.DYN)),
          Map.entry("list", CelType.list(CelType.DYN)),
          Map.entry("map", CelType.map(CelType.DYN, CelType.DYN)),
          Map.entry("type", new CelType(CelType.Kind.TYPE, "type", List.of())));

  private final Map<String, Function> functions;
  private final Map<String, CelType> variables;

  /// A declared function.
  ///
  /// @param implementation null for one that the evaluation itself carries out
  private record Function(List<Overload> overloads, @Nullable Implementation implementation) {}

  private Environment(Map<String, Function> functions, Map<String, CelType> variables) {
    this.functions = functions;
    this.variables = variables;
  }

  /// The same with one variable more, which gets the next slot of a run.
  Environment with(String variable, CelType type) {
    Map<String, CelType> more = new LinkedHashMap<>(variables);
    more.put(variable, type);
    return new Environment(functions, more);
  }

  /// The same with one function more.
  ///
  /// @throws IllegalArgumentException for a name that is taken
  Environment with(String function, List<Overload> overloads, Implementation implementation) {
    Map<String, Function> more = new LinkedHashMap<>(functions);
    if (more.put(function, new Function(List.copyOf(overloads), implementation)) != null) {
      throw new IllegalArgumentException(function + " (expected: a function that is new)");
    }
    return new Environment(more, variables);
  }

  /// The same with more forms of functions. A form that is known stays as it is.
  Environment declaring(TableFile table, Map<String, Implementation> library) {
    Map<String, Function> more = new LinkedHashMap<>(functions);
    table.forEach(line -> {
      String[] words = line.split(" ", 3);
      Function known = more.getOrDefault(words[0], new Function(List.of(), library.get(words[0])));
      List<Overload> overloads = new ArrayList<>(known.overloads());
      if (overloads.stream().noneMatch(overload -> overload.id().equals(words[1]))) {
        overloads.add(new SignatureReader(words[2]).overload(words[1]));
        more.put(words[0], new Function(List.copyOf(overloads), known.implementation()));
      }
    });
    return new Environment(more, variables);
  }

  /// The forms of a function, empty when there is none of that name.
  List<Overload> overloads(String function) {
    Function known = functions.get(function);
    return known == null ? List.of() : known.overloads();
  }

  /// @param pattern what the function is always called with, null when it takes none or another one each time
  Implementation implementation(String function, @Nullable String pattern) {
    if (pattern != null) {
      return PatternFunctions.of(function, PatternFunctions.compile(pattern));
    }
    Function known = functions.get(function);
    Implementation implementation = known == null ? null : known.implementation();
    if (implementation == null) {
      throw new IllegalStateException("no function " + function);
    }
    return implementation;
  }

  /// The types of the variables, by name, in the order of their slots.
  Map<String, CelType> variables() {
    return variables;
  }

  /// What is declared must be carried out, and the reverse.
  static Environment read(TableFile table, Map<String, Implementation> library) {
    Map<String, List<Overload>> declared = new LinkedHashMap<>();
    table.forEach(line -> {
      String[] words = line.split(" ", 3);
      declared
          .computeIfAbsent(words[0], _ -> new ArrayList<>())
          .add(new SignatureReader(words[2]).overload(words[1]));
    });
    Map<String, Function> functions = new LinkedHashMap<>();
    declared.forEach((name, overloads) -> {
      Implementation implementation = library.get(name);
      if ((implementation == null) != EVALUATED.contains(name)) {
        throw new IllegalStateException(name + ": declared (expected: carried out, and once)");
      }
      functions.put(name, new Function(List.copyOf(overloads), implementation));
    });
    library
        .keySet()
        .forEach(name -> {
          if (!declared.containsKey(name)) {
            throw new IllegalStateException(name + ": carried out (expected: declared)");
          }
        });
    return new Environment(functions, Map.of());
  }
}
