package dev.pintle.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.pintle.server.log.EtcdLog.Rotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdLogTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private static String line(boolean json, String logger, Level level, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "x", new LoggerContext().getLogger(logger), level, "a \"b\"\nx", null, arguments);
    return new String(new ZapEncoder(json).encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineIsAnObjectAsZapWritesIt() {
    assertThat(
            line(
                true,
                "dev.pintle.server.Program",
                Level.INFO,
                Map.entry("k", "v\\"),
                Map.entry("n", 5)))
        .matches(
            "\\{\"level\":\"info\",\"ts\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d{4})\","
                + "\"caller\":\"server/Program\\.java\",\"msg\":\"a \\\\\"b\\\\\"\\\\nx\","
                + "\"k\":\"v\\\\\\\\\",\"n\":\"5\"\\}\n");
    assertThat(line(true, "x.y", Level.WARN)).startsWith("{\"level\":\"warn\"");
    assertThat(line(true, ZapLine.FATAL_LOGGER, Level.ERROR)).startsWith("{\"level\":\"fatal\"");
  }

  @Test
  void aLineMayHaveColumns() {
    assertThat(line(false, "dev.pintle.server.Program", Level.DEBUG, Map.entry("k", "v")))
        .matches("\\S+\tdebug\tserver/Program\\.java\ta \"b\"\nx\t\\{\"k\": \"v\"\\}\n");
  }

  @Test
  void aLongFileGetsAnotherNameAndTheOldestGoes() throws IOException {
    Path file = folder.resolve("etcd.log");
    byte[] half = new byte[MEGABYTE / 2 + 1];
    try (RotatingFile log = new RotatingFile(file, new Rotation(1, 0, 2, false, false))) {
      for (int i = 0; i < 5; i++) {
        log.write(half);
      }
    }
    assertThat(names()).hasSize(3).contains("etcd.log");
    assertThat(names())
        .filteredOn(name -> !name.equals("etcd.log"))
        .allMatch(
            name -> name.matches("etcd-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}\\.log"));
    assertThat(file).hasSize(half.length);
  }

  @Test
  void thoseOfBeforeAreCompressedAndOthersLeftAlone() throws IOException {
    Files.writeString(folder.resolve("etcd-mine.log"), "mine");
    byte[] half = new byte[MEGABYTE / 2 + 1];
    Path file = folder.resolve("etcd.log");
    try (RotatingFile log = new RotatingFile(file, new Rotation(1, 0, 0, false, true))) {
      log.write(half);
      log.write(half);
    }
    assertThat(names()).hasSize(3).contains("etcd-mine.log", "etcd.log");
    assertThat(names()).anyMatch(name -> name.endsWith(".log.gz"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
