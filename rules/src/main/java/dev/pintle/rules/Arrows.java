package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The table of which module may see which. Maven's scopes say the same; this also holds for what arrives transitively.
final class Arrows implements Rule {
  static final Map<String, List<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("rules", List.of()),
          Map.entry("kernel", List.of()),
          Map.entry("bbolt", List.of()),
          Map.entry("testkit", List.of("kernel")),
          Map.entry("storage", List.of("kernel")),
          Map.entry("objectstore", List.of("kernel", "storage")),
          Map.entry("member", List.of("kernel")),
          Map.entry("wire", List.of()),
          Map.entry("etcd", List.of("bbolt", "kernel", "member", "wire")),
          Map.entry("schema", List.of()),
          Map.entry("kube", List.of("kernel", "member", "wire")),
          Map.entry("server", List.of("kernel", "storage", "member", "wire", "etcd", "kube")),
          Map.entry("embed", List.of("kernel", "member", "kube", "server")),
          Map.entry("junit", List.of("embed")),
          Map.entry("sim", List.of("kernel", "storage", "member")),
          Map.entry("examples", List.of("embed", "junit")),
          Map.entry("compat", List.of("server", "embed", "bench")),
          Map.entry(
              "bench",
              List.of("kernel", "storage", "member", "wire", "etcd", "kube", "server", "embed")));

  @Override
  public Stream<Finding> broken(HouseModule module) {
    List<String> allowed = MAY_SEE.get(module.name());
    if (allowed == null) {
      return Stream.of(new Finding(module.name(), "has no row in the table of arrows"));
    }
    return module.mainClasses().stream().flatMap(model -> broken(module.name(), allowed, model));
  }

  private static Stream<Finding> broken(String self, List<String> allowed, ClassModel model) {
    return References.of(model).types().stream()
        .filter(type ->
            Names.moduleOf(type)
                .filter(seen -> !seen.equals(self) && !allowed.contains(seen))
                .isPresent())
        .map(type ->
            new Finding(
                Names.of(model),
                "sees %s (%s may see: %s)".formatted(type.replace('/', '.'), self, allowed)));
  }
}
