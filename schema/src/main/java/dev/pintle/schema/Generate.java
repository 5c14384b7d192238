package dev.pintle.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program: `Generate TABLES OUTPUT` reads the tables in one folder and the libraries on its
/// class path, and writes `types.bin` and `descriptions.bin` into the other.
public final class Generate {
  private Generate() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "arguments: %d (expected: TABLES OUTPUT)".formatted(arguments.length));
    }
    TypesFile file = file(FactTables.read(Path.of(arguments[0])));
    Path output = Files.createDirectories(Path.of(arguments[1]));
    Files.write(output.resolve("types.bin"), file.types());
    Files.write(output.resolve("descriptions.bin"), file.descriptions());
  }

  static TypesFile file(List<GroupFacts> tables) throws IOException {
    Joined joined = join(tables);
    return new TypesFile(joined.types(), joined.resources(), tables);
  }

  /// The sum of what the sources say.
  record Joined(Map<String, TypeDef> types, List<ResourceDef> resources) {}

  static Joined join(List<GroupFacts> tables) {
    ClassFiles files = new ClassFiles();
    Protos protos = new Protos();
    ProtoComments comments = new ProtoComments();
    tables.forEach(table -> table.protoFiles.forEach(protos::add));
    tables.forEach(table -> table.protoFiles.forEach(comments::add));
    Packages packages = new Packages(tables);
    TypeWalk types = new TypeWalk(files, protos, comments, packages);
    ResourceWalk walk = new ResourceWalk(files, types, tables, packages);
    List<ResourceDef> resources = new ArrayList<>();
    for (GroupFacts table : tables) {
      Map<String, ResourceDef> found = walk.resources(table);
      ResourceFactsReader.apply(table, found);
      resources.addAll(found.values());
      table.options.forEach(name -> types.options(name, table));
      table.roots.forEach(root -> types.root(ModelType.MODELS + root, table, tables));
    }
    Presences.applyRule(types.types());
    TypeFactsReader facts = new TypeFactsReader(types.types(), packages);
    tables.forEach(facts::declare);
    tables.forEach(facts::apply);
    types.types().values().forEach(TypeDef::sort);
    Wording wording = new Wording(types.types());
    resources.forEach(wording::resolve);
    return new Joined(types.types(), resources);
  }
}
