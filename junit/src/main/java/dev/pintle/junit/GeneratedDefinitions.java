package dev.pintle.junit;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The definitions that fabric8's generator makes of classes. Nobody but [FabricDefinitions] may touch it: the library may be absent.
final class GeneratedDefinitions {
  private GeneratedDefinitions() {}

  /// @param versions of one resource
  static String of(List<Class<? extends HasMetadata>> versions) throws IOException {
    try (Written written = new Written()) {
      int made =
          new CRDGenerator()
              .customResourceClasses(versions)
              .forCRDVersions("v1")
              .withParallelGenerationEnabled(false)
              .withOutput(written)
              .generate();
      if (made == 0) {
        throw new PintleTestException(
            "@WithDefinition: fabric8's generator makes nothing of %s".formatted(versions));
      }
      return written.text();
    }
  }

  /// The texts that were written, one document after the other.
  private static final class Written implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final List<ByteArrayOutputStream> documents = new ArrayList<>();

    @Override
    public ByteArrayOutputStream outputFor(String name) {
      documents.add(new ByteArrayOutputStream());
      return documents.getLast();
    }

    String text() {
      StringBuilder text = new StringBuilder();
      documents.forEach(
          document -> text.append(document.toString(StandardCharsets.UTF_8)).append("\n---\n"));
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      for (OutputStream each : documents) {
        each.close();
      }
    }
  }
}
