package dev.pintle.bench.hostile;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// The counts of each kind of answer: a status code, or a word such as `closed`.
public final class AnswerCounts {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  void count(String answer) {
    counts.computeIfAbsent(answer, _ -> new LongAdder()).increment();
  }

  public Set<String> answers() {
    return Set.copyOf(counts.keySet());
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> "%s × %d".formatted(entry.getKey(), entry.getValue().sum()))
        .collect(Collectors.joining(", "));
  }
}
