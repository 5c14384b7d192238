package dev.pintle.kernel.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Files of figures beside the tests: what upstream's own code answers (k8s.io/apiserver 0.37.2), one case a line.
final class Figures {
  private Figures() {}

  static List<String> lines(String file) {
    try (InputStream in = Figures.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
