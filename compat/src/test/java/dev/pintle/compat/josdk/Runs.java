package dev.pintle.compat.josdk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The diary of a reconciler.
final class Runs {
  private static final int SECONDS_MAX = 20;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  void add(String line) {
    lines.add(line);
  }

  /// The next line that nobody has read, as soon as there is one.
  String next() {
    try {
      String line = lines.poll(SECONDS_MAX, TimeUnit.SECONDS);
      return line == null ? "nothing" : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// Everything that nobody has read.
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    lines.drainTo(rest);
    return rest;
  }
}
