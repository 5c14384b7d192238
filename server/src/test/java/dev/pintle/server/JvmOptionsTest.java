package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The launcher's flags for the JVM.
class JvmOptionsTest {
  private static final String INLINED = "-XX:CompileCommand=inline,";

  @Test
  void everyMethodThatIsInlinedByNameIsThere() throws Exception {
    List<String> named =
        options().stream()
            .filter(option -> option.startsWith(INLINED))
            .map(option -> option.substring(INLINED.length()))
            .toList();

    assertThat(named).isNotEmpty();
    for (String method : named) {
      String[] parts = method.split("::", -1);
      Class<?> type = Class.forName(parts[0], false, getClass().getClassLoader());
      assertThat(Arrays.stream(type.getDeclaredMethods()))
          .as(method)
          .anyMatch(each -> each.getName().equals(parts[1]));
    }
  }

  private static List<String> options() throws IOException {
    return Files.readAllLines(Path.of("..", "launcher", "jvm.options"));
  }
}
