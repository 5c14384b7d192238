package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The small flat JSON object in which a started program says where it listens.
record EndpointsFile(Path file, String json) {
  static EndpointsFile read(Path file) throws IOException {
    return new EndpointsFile(file, Files.readString(file));
  }

  String text(String field) throws IOException {
    Matcher matcher = Pattern.compile('"' + field + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!matcher.find()) {
      throw new IOException("%s: no \"%s\" (expected: a text field)".formatted(file, field));
    }
    return matcher.group(1);
  }

  List<Long> numbers(String field) throws IOException {
    Matcher matcher = Pattern.compile('"' + field + "\"\\s*:\\s*\\[?([0-9, ]+)").matcher(json);
    if (!matcher.find()) {
      throw new IOException("%s: no \"%s\" (expected: numbers)".formatted(file, field));
    }
    List<Long> numbers = new ArrayList<>();
    for (String number : matcher.group(1).split(",", -1)) {
      if (!number.isBlank()) {
        numbers.add(Long.parseLong(number.strip()));
      }
    }
    return numbers;
  }
}
