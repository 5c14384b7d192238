package dev.pintle.etcd.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The files in which Linux tells of this process. What is not told is empty.
final class ProcessFiles {
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path NETWORK = Path.of("/proc/self/net/netstat");
  private static final int BYTES_PER_KB = 1024;

  private ProcessFiles() {}

  static OptionalLong filesOpen() {
    try (Stream<Path> files = Files.list(OPEN)) {
      return OptionalLong.of(files.count());
    } catch (IOException notTold) {
      return OptionalLong.empty();
    }
  }

  /// How many files the process may have open.
  static OptionalLong filesMax() {
    return limit("Max open files");
  }

  /// How many bytes of addresses the process may have; the largest number for no limit.
  static OptionalLong addressBytesMax() {
    return limit("Max address space");
  }

  private static OptionalLong limit(String name) {
    for (String line : lines(LIMITS)) {
      if (line.startsWith(name)) {
        String soft = words(line.substring(name.length())).getFirst();
        return soft.equals("unlimited")
            ? OptionalLong.of(Long.MAX_VALUE)
            : OptionalLong.of(Long.parseLong(soft));
      }
    }
    return OptionalLong.empty();
  }

  /// @param name such as `VmRSS`
  static OptionalLong memoryBytes(String name) {
    for (String line : lines(STATUS)) {
      if (line.startsWith(name + ':')) {
        String kilobytes = words(line.substring(name.length() + 1)).getFirst();
        return OptionalLong.of(Long.parseLong(kilobytes) * BYTES_PER_KB);
      }
    }
    return OptionalLong.empty();
  }

  /// @param name such as `InOctets`, of what the network's interfaces have carried
  static OptionalLong networkBytes(String name) {
    List<List<String>> rows =
        lines(NETWORK).stream()
            .filter(line -> line.startsWith("IpExt:"))
            .map(ProcessFiles::words)
            .toList();
    int column = rows.size() < 2 ? -1 : rows.getFirst().indexOf(name);
    return column < 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(rows.get(1).get(column)));
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.replace('\t', ' ').split(" "))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notTold) {
      return List.of();
    }
  }
}
