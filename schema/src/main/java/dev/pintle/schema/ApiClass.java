package dev.pintle.schema;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The operations of one version of a group, as the client library calls them.
record ApiClass(List<Operation> operations) {
  /// A method of a client library.
  ///
  /// @param method the name in the library: its first word is the verb
  /// @param path with `{namespace}` and `{name}`
  /// @param result the internal name of the class that is answered
  record Operation(String method, String path, String result, boolean watchable) {}

  private static final String CALL = "Call";
  private static final String VALIDATED = "ValidateBeforeCall";

  static ApiClass read(ClassFiles files, String internalName) {
    List<Operation> operations = new ArrayList<>();
    ClassModel model = files.read(internalName);
    for (MethodModel method : model.methods()) {
      String name = method.methodName().stringValue();
      if (name.endsWith(CALL) && !name.endsWith(VALIDATED)) {
        String operation = name.substring(0, name.length() - CALL.length());
        path(method)
            .ifPresent(path -> operations.add(operation(files, internalName, operation, path)));
      }
    }
    return new ApiClass(List.copyOf(operations));
  }

  private static Operation operation(ClassFiles files, String api, String name, String path) {
    ClassModel request = files.read(api + "$API" + name + "Request");
    String result =
        request.methods().stream()
            .filter(m -> m.methodName().equalsString("execute"))
            .map(m -> m.methodTypeSymbol().returnType().descriptorString())
            .findFirst()
            .orElseThrow();
    boolean watchable =
        request.fields().stream().anyMatch(f -> f.fieldName().equalsString("watch"));
    return new Operation(
        name,
        path,
        result.startsWith("L") ? result.substring(1, result.length() - 1) : "",
        watchable);
  }

  private static Optional<String> path(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(ConstantInstruction.LoadConstantInstruction.class::isInstance)
        .map(e -> ((ConstantInstruction.LoadConstantInstruction) e).constantValue())
        .filter(c -> c instanceof String text && text.startsWith("/api"))
        .map(String.class::cast)
        .findFirst();
  }
}
