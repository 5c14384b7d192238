package dev.pintle.bench.hostile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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

  static AnswerCounts read(DataInputStream from) throws IOException {
    AnswerCounts read = new AnswerCounts();
    for (int left = from.readInt(); left > 0; left--) {
      read.counts.computeIfAbsent(from.readUTF(), _ -> new LongAdder()).add(from.readLong());
    }
    return read;
  }

  void write(DataOutputStream to) throws IOException {
    Map<String, LongAdder> all = Map.copyOf(counts);
    to.writeInt(all.size());
    for (Map.Entry<String, LongAdder> one : all.entrySet()) {
      to.writeUTF(one.getKey());
      to.writeLong(one.getValue().sum());
    }
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
