package dev.pintle.bench.storm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The fortunes of the requests of one class.
public final class TrafficFigures {
  private static final int FAILURES_KEPT = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final DurationSamples whole = new DurationSamples();
  private final DurationSamples attempts = new DurationSamples();
  private final List<String> failures = new ArrayList<>();
  private long rejected;
  private long failed;

  /// From when a request was due to its last answer, waits for another attempt included.
  public DurationSamples whole() {
    return whole;
  }

  /// Of each attempt alone, those that were rejected among them.
  public DurationSamples attempts() {
    return attempts;
  }

  /// Attempts that were answered 429.
  public long rejected() {
    return rejected;
  }

  /// Requests that did not succeed in the end.
  public long failed() {
    return failed;
  }

  /// What the first few of those were told.
  public List<String> failures() {
    return List.copyOf(failures);
  }

  void attempt(long nanos, boolean turnedAway) {
    lock.lock();
    try {
      attempts.add(nanos);
      rejected += turnedAway ? 1 : 0;
    } finally {
      lock.unlock();
    }
  }

  void ended(long nanos) {
    lock.lock();
    try {
      whole.add(nanos);
    } finally {
      lock.unlock();
    }
  }

  void failure(String text) {
    lock.lock();
    try {
      failed++;
      if (failures.size() < FAILURES_KEPT) {
        failures.add(text);
      }
    } finally {
      lock.unlock();
    }
  }

  void add(TrafficFigures others) {
    whole.addAll(others.whole);
    attempts.addAll(others.attempts);
    rejected += others.rejected;
    failed += others.failed;
    others.failures.stream().limit(FAILURES_KEPT - failures.size()).forEach(failures::add);
  }

  void write(DataOutput out) throws IOException {
    lock.lock();
    try {
      whole.write(out);
      attempts.write(out);
      out.writeLong(rejected);
      out.writeLong(failed);
      out.writeInt(failures.size());
      for (String failure : failures) {
        out.writeUTF(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  static TrafficFigures read(DataInput in) throws IOException {
    TrafficFigures figures = new TrafficFigures();
    figures.whole.readMore(in);
    figures.attempts.readMore(in);
    figures.rejected = in.readLong();
    figures.failed = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      figures.failures.add(in.readUTF());
    }
    return figures;
  }
}
