package dev.pintle.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// The root `pom.xml`, read as the tests need it.
final class Reactor {
  static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private Reactor() {}

  static List<String> modules() throws Exception {
    return texts("module");
  }

  /// The arguments of the compiler with all gates on.
  static List<String> compilerArguments() throws Exception {
    return texts("arg");
  }

  private static List<String> texts(String tag) throws Exception {
    Document pom =
        DocumentBuilderFactory.newNSInstance()
            .newDocumentBuilder()
            .parse(HOME.resolve("pom.xml").toFile());
    NodeList found = pom.getElementsByTagNameNS("*", tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip())
        .toList();
  }
}
