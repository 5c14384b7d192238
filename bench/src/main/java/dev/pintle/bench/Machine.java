package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine in a few words, so that figures of different ones are not compared.
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    return "%d cores (%s), %d GiB, JDK %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            value("/proc/cpuinfo", "model name"),
            Math.round(
                Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", ""))
                    / 1048576.0),
            Runtime.version());
  }

  private static String value(String file, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.startsWith(name)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "0";
  }
}
