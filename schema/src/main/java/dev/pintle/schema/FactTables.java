package dev.pintle.schema;

import dev.pintle.schema.GroupFacts.ResourceFacts;
import dev.pintle.schema.GroupFacts.TypeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The reader of the tables: `order.txt` names them in the order in which discovery lists groups; each is one version
/// of a group.
final class FactTables {
  private static final int NESTED = 2;

  private FactTables() {}

  static List<GroupFacts> read(Path folder) throws IOException {
    List<GroupFacts> tables = new ArrayList<>();
    Path order = folder.resolve("order.txt");
    for (FactLine line : FactLine.read(order, Files.readAllLines(order))) {
      Path file = folder.resolve(line.first() + ".txt");
      tables.add(table(FactLine.read(file, Files.readAllLines(file))));
    }
    return tables;
  }

  private static GroupFacts table(List<FactLine> lines) {
    FactLine head = lines.getFirst();
    if (!head.first().equals("group")) {
      throw head.wrong("group NAME VERSION");
    }
    GroupFacts facts = new GroupFacts(head.word(1), head.word(2));
    List<FactLine> block = new ArrayList<>();
    for (FactLine line : lines.subList(1, lines.size())) {
      if (line.indent() >= NESTED) {
        block.add(line);
      } else {
        block = open(facts, line);
      }
    }
    return facts;
  }

  private static List<FactLine> open(GroupFacts facts, FactLine line) {
    List<FactLine> block = new ArrayList<>();
    switch (line.first()) {
      case "package" -> facts.protoPackage = line.word(1);
      case "hidden" -> facts.hidden = true;
      case "proto" -> facts.protoFiles.addAll(line.rest());
      case "api" -> facts.apis.put(line.word(1), line.words().subList(2, line.words().size()));
      case "borrow" -> facts.borrowed.addAll(line.rest());
      case "options" -> facts.options.addAll(line.rest());
      case "root" -> facts.roots.addAll(line.rest());
      case "resource" -> facts.resources.put(line.word(1), new ResourceFacts(line, block));
      case "type" -> facts.types.add(new TypeFacts(line, block));
      default ->
          throw line.wrong("package, hidden, proto, api, borrow, options, root, resource or type");
    }
    return block;
  }
}
