package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of which shipped module may touch which library. What another module brings along is on the class path,
/// and still not ours to use: a surface that reached into the listener's channel could not be moved to another
/// listener.
final class Libraries implements Rule {
  static final Map<String, List<String>> MAY_TOUCH =
      Map.of(
          "kernel", List.of(),
          "bbolt", List.of(),
          "storage", List.of("org/rocksdb/", "org/sqlite/"),
          "member", List.of(),
          "wire", List.of("io/netty/"),
          "etcd",
              List.of(
                  "io/netty/buffer/",
                  "io/netty/util/",
                  "com/google/protobuf/",
                  "tools/jackson/core/"),
          "kube",
              List.of(
                  "io/netty/buffer/",
                  "io/netty/util/",
                  "tools/jackson/",
                  "org/snakeyaml/",
                  "com/google/re2j/"),
          "server",
              List.of(
                  "org/springframework/security/crypto/bcrypt/", "ch/qos/logback/", "org/slf4j/"),
          "embed", List.of("org/assertj/core/"),
          "junit",
              List.of(
                  "org/junit/",
                  "org/apiguardian/",
                  "org/snakeyaml/engine/",
                  "io/fabric8/",
                  "io/kubernetes/client/",
                  "okhttp3/",
                  "io/etcd/jetcd/",
                  "io/netty/handler/ssl/"));

  private static final Set<String> OF_THE_JDK =
      ModuleLayer.boot().modules().stream()
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public Stream<Finding> broken(HouseModule module) {
    List<String> allowed = MAY_TOUCH.get(module.name());
    if (allowed == null) {
      return Stream.empty();
    }
    return module.mainClasses().stream().flatMap(model -> broken(module.name(), allowed, model));
  }

  private static Stream<Finding> broken(String self, List<String> allowed, ClassModel model) {
    return References.of(model).types().stream()
        .filter(Libraries::isOfALibrary)
        .filter(type -> allowed.stream().noneMatch(type::startsWith))
        .map(type ->
            new Finding(
                Names.of(model),
                "touches %s (%s may touch: %s)".formatted(type.replace('/', '.'), self, allowed)));
  }

  private static boolean isOfALibrary(String type) {
    return !Names.isOurs(type)
        && !type.startsWith("org/jspecify/annotations/")
        && !OF_THE_JDK.contains(Names.packageOf(type).replace('/', '.'));
  }
}
