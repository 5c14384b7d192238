import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The writer of a Maven repository on disk with what others build against. It takes the jars that the build made, and says in each
/// artifact's POM what it needs and nothing of how it is built. The same sources make the same files.
///
/// Arguments: the root of the sources, the folder to write, the version, the name of the modules' build folder.
final class Publish {
  private static final String GROUP = "dev.pintle";
  private static final LocalDateTime MOMENT = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final String STAMP = "20260101000000";

  /// What only those need who keep a store on disk, and what only the program logs with.
  private static final Set<String> OPTIONAL =
      Set.of("rocksdbjni", "sqlite-jdbc", "logback-classic", "slf4j-jdk-platform-logging");

  /// What is published: a module, its artifact, and whether people write code against it (with Javadoc then). A module that is not there is
  /// left out.
  private static final List<Artifact> ARTIFACTS =
      List.of(
          new Artifact("kernel", "pintle-backend-spi", true),
          new Artifact("bbolt", "pintle-bbolt", false),
          new Artifact("testkit", "pintle-backend-testkit", true),
          new Artifact("storage", "pintle-storage", false),
          new Artifact("objectstore", "pintle-objectstore", false),
          new Artifact("member", "pintle-member", false),
          new Artifact("wire", "pintle-wire", false),
          new Artifact("etcd", "pintle-etcd", false),
          new Artifact("kube", "pintle-kube", false),
          new Artifact("server", "pintle-server", false),
          new Artifact("embed", "pintle-embed", true),
          new Artifact("junit", "pintle-junit", true));

  private final Path home;
  private final Path target;
  private final String version;
  private final String build;
  private final Element root;
  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, Element> managed = new TreeMap<>();

  /// The version of a group that an imported bill of materials manages.
  private final Map<String, String> imported = new TreeMap<>();

  private record Artifact(String module, String id, boolean api) {
    /// Whether it is what tests touch first.
    boolean entry() {
      return module.equals("embed") || module.equals("junit");
    }
  }

  private Publish(Path home, Path target, String version, String build) throws Exception {
    this.home = home;
    this.target = target;
    this.version = version;
    this.build = build;
    this.root = xml(home.resolve("pom.xml"));
    for (Element property : children(child(root, "properties").orElseThrow())) {
      properties.put(property.getTagName(), property.getTextContent().strip());
    }
    Element management = child(root, "dependencyManagement").orElseThrow();
    for (Element each : children(child(management, "dependencies").orElseThrow())) {
      managed.put(key(each), each);
      if (text(each, "scope").equals("import")) {
        imported.put(text(each, "groupId"), text(each, "version"));
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    new Publish(
            Path.of(arguments[0]),
            Path.of(arguments[1]).toAbsolutePath(),
            arguments[2],
            arguments[3])
        .run();
  }

  private void run() throws Exception {
    List<Artifact> present =
        ARTIFACTS.stream()
            .filter(artifact -> Files.exists(home.resolve(artifact.module()).resolve("pom.xml")))
            .toList();
    for (Artifact artifact : present) {
      publish(artifact);
    }
    Path bom = folder("pintle-bom");
    write(bom.resolve("pintle-bom-%s.pom".formatted(version)), bom(present).getBytes(StandardCharsets.UTF_8));
    metadata("pintle-bom");
    System.out.printf("%d artifacts and a bill of materials, version %s, in %s%n", present.size(), version, target);
  }

  private void publish(Artifact artifact) throws Exception {
    Path module = home.resolve(artifact.module());
    Path folder = folder(artifact.id());
    String name = "%s-%s".formatted(artifact.id(), version);
    byte[] jar = Files.readAllBytes(jar(artifact));
    write(folder.resolve(name + ".jar"), artifact.entry() ? EarlierJava.told(jar, MOMENT) : jar);
    write(folder.resolve(name + ".pom"), pom(artifact).getBytes(StandardCharsets.UTF_8));
    List<Path> sources = sources(module);
    write(folder.resolve(name + "-sources.jar"), zip(sources));
    if (artifact.api()) {
      write(folder.resolve(name + "-javadoc.jar"), javadoc(artifact));
    }
    metadata(artifact.id());
  }

  private Path jar(Artifact artifact) throws IOException {
    String built = child(root, "version").orElseThrow().getTextContent().strip();
    Path jar =
        home.resolve(artifact.module())
            .resolve(build)
            .resolve("%s-%s.jar".formatted(artifact.module(), built));
    if (!Files.exists(jar)) {
      throw new IOException(jar + ": is not built");
    }
    return jar;
  }

  private List<Path> sources(Path module) throws IOException {
    List<Path> sources = new ArrayList<>(List.of(module.resolve("src/main/java")));
    Path generated = module.resolve(build).resolve("generated-sources");
    if (Files.isDirectory(generated)) {
      try (Stream<Path> each = Files.list(generated)) {
        each.sorted().forEach(sources::add);
      }
    }
    return sources;
  }

  /// Files in the order of their names, all of one moment.
  private static byte[] zip(List<Path> folders) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
      }
    }
    var bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(MOMENT);
        zip.putNextEntry(entry);
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private byte[] javadoc(Artifact artifact) throws Exception {
    Path made = Files.createTempDirectory("pintle-javadoc");
    StringWriter said = new StringWriter();
    List<String> arguments =
        new ArrayList<>(
            List.of("-quiet", "-notimestamp", "-Xdoclint:none", "-encoding", "UTF-8", "-d", made.toString()));
    arguments.addAll(List.of("-doctitle", artifact.id() + " " + version, "-windowtitle", artifact.id()));
    arguments.addAll(List.of("-classpath", classPath()));
    try (Stream<Path> files = Files.walk(home.resolve(artifact.module()).resolve("src/main/java"))) {
      files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).sorted().forEach(arguments::add);
    }
    try (PrintWriter out = new PrintWriter(said)) {
      int code = ToolProvider.findFirst("javadoc").orElseThrow().run(out, out, arguments.toArray(String[]::new));
      if (code != 0) {
        throw new IOException("javadoc of %s: %s".formatted(artifact.id(), said));
      }
    }
    byte[] zipped = zip(List.of(made));
    try (Stream<Path> all = Files.walk(made)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
    return zipped;
  }

  /// Our own classes, and the libraries that the program has.
  private String classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    for (Artifact artifact : ARTIFACTS) {
      entries.add(home.resolve(artifact.module()).resolve(build).resolve("classes").toString());
    }
    for (String folder : List.of("server/" + build + "/lib")) {
      if (Files.isDirectory(home.resolve(folder))) {
        try (Stream<Path> jars = Files.list(home.resolve(folder))) {
          jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).sorted().forEach(entries::add);
        }
      }
    }
    String more = System.getProperty("publish.class.path", "");
    if (!more.isEmpty()) {
      entries.add(more);
    }
    return String.join(java.io.File.pathSeparator, entries);
  }

  private String pom(Artifact artifact) throws Exception {
    Element module = xml(home.resolve(artifact.module()).resolve("pom.xml"));
    StringBuilder pom = head(artifact.id(), "jar", text(module, "description"));
    pom.append("  <dependencies>\n");
    for (Element each : children(child(module, "dependencies").orElseThrow())) {
      Element managing = managed.getOrDefault(key(each), each);
      String scope = text(each, "scope").isEmpty() ? text(managing, "scope") : text(each, "scope");
      if (!scope.equals("test") && !scope.equals("provided")) {
        pom.append(dependency(each, managing, scope));
      }
    }
    return pom.append("  </dependencies>\n</project>\n").toString();
  }

  private String dependency(Element each, Element managing, String scope) {
    String artifact = text(each, "artifactId");
    Optional<Artifact> ours =
        text(each, "groupId").equals(GROUP)
            ? ARTIFACTS.stream().filter(known -> known.module().equals(artifact)).findFirst()
            : Optional.empty();
    StringBuilder text = new StringBuilder("    <dependency>\n");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("groupId", text(each, "groupId"));
    fields.put("artifactId", ours.map(Artifact::id).orElse(artifact));
    fields.put("version", ours.isPresent() ? version : version(managing));
    fields.put("classifier", text(each, "classifier"));
    fields.put("scope", scope.equals("compile") ? "" : scope);
    fields.put("optional", OPTIONAL.contains(artifact) || text(each, "optional").equals("true") ? "true" : "");
    fields.forEach((name, value) -> {
      if (!value.isEmpty()) {
        text.append("      <%1$s>%2$s</%1$s>%n".formatted(name, value).replace("\r", ""));
      }
    });
    exclusions(text, child(each, "exclusions").or(() -> child(managing, "exclusions")));
    return text.append("    </dependency>\n").toString();
  }

  private static void exclusions(StringBuilder text, Optional<Element> exclusions) {
    if (exclusions.isPresent()) {
      text.append("      <exclusions>\n");
      for (Element each : children(exclusions.get())) {
        text.append(
            "        <exclusion>\n          <groupId>%s</groupId>\n          <artifactId>%s</artifactId>\n        </exclusion>\n"
                .formatted(text(each, "groupId"), text(each, "artifactId")));
      }
      text.append("      </exclusions>\n");
    }
  }

  private String bom(List<Artifact> present) {
    StringBuilder pom = head("pintle-bom", "pom", "The versions of Pintle's artifacts.");
    pom.append("  <dependencyManagement>\n    <dependencies>\n");
    for (Artifact artifact : present) {
      pom.append(
          "      <dependency>\n        <groupId>%s</groupId>\n        <artifactId>%s</artifactId>\n        <version>%s</version>\n      </dependency>\n"
              .formatted(GROUP, artifact.id(), version));
    }
    return pom.append("    </dependencies>\n  </dependencyManagement>\n</project>\n").toString();
  }

  private StringBuilder head(String id, String packaging, String description) {
    return new StringBuilder(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0"
                 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                 xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
          <packaging>%s</packaging>
          <name>%s</name>
          <description>%s</description>
          <licenses>
            <license>
              <name>Apache-2.0</name>
              <url>https://www.apache.org/licenses/LICENSE-2.0.txt</url>
            </license>
          </licenses>
        """
            .formatted(GROUP, id, version, packaging, id, escaped(description)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void metadata(String id) throws Exception {
    String text =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <metadata>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <versioning>
            <latest>%3$s</latest>
            <versions>
              <version>%3$s</version>
            </versions>
            <lastUpdated>%4$s</lastUpdated>
          </versioning>
        </metadata>
        """
            .formatted(GROUP, id, version, STAMP);
    write(folder(id).getParent().resolve("maven-metadata.xml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private Path folder(String id) throws IOException {
    return Files.createDirectories(target.resolve("dev/pintle").resolve(id).resolve(version));
  }

  /// With the checksums that Maven and Gradle look for.
  private static void write(Path file, byte[] content) throws Exception {
    Files.write(file, content);
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
      String end = algorithm.replace("-", "").toLowerCase(java.util.Locale.ROOT);
      Files.writeString(file.resolveSibling(file.getFileName() + "." + end), hash);
    }
  }

  private String version(Element dependency) {
    String own = text(dependency, "version");
    String found = own.isEmpty() ? importedVersion(text(dependency, "groupId")) : own;
    if (found.isEmpty()) {
      throw new IllegalStateException(key(dependency) + ": no version is managed");
    }
    return resolved(found);
  }

  /// A bill of materials manages its own group and those below it.
  private String importedVersion(String group) {
    return imported.entrySet().stream()
        .filter(each -> (group + ".").startsWith(each.getKey() + "."))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private String resolved(String text) {
    return text.startsWith("${") ? properties.getOrDefault(text.substring(2, text.length() - 1), version) : text;
  }

  private static String key(Element dependency) {
    return Stream.of("groupId", "artifactId", "classifier")
        .map(name -> text(dependency, name))
        .collect(Collectors.joining(":"));
  }

  private static String text(Element parent, String name) {
    return child(parent, name).map(found -> found.getTextContent().strip()).orElse("");
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(each -> each.getTagName().equals(name)).findFirst();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Element xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
  }
}
