package dev.pintle.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.HashMap;
import java.util.Map;

/// The class files on the generator's own class path, parsed without loading the classes.
final class ClassFiles {
  private final Map<String, ClassModel> parsed = new HashMap<>();

  boolean has(String internalName) {
    return loader().getResource(internalName + ".class") != null;
  }

  ClassModel read(String internalName) {
    return parsed.computeIfAbsent(internalName, ClassFiles::parse);
  }

  private static ClassModel parse(String internalName) {
    try (InputStream bytes = loader().getResourceAsStream(internalName + ".class")) {
      if (bytes == null) {
        throw new IllegalArgumentException(
            "class: %s (expected: on the class path)".formatted(internalName));
      }
      return ClassFile.of().parse(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading class " + internalName, e);
    }
  }

  private static ClassLoader loader() {
    return ClassFiles.class.getClassLoader();
  }
}
