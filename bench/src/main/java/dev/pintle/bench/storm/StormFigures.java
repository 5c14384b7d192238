package dev.pintle.bench.storm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/// The fortunes of the requests of every class.
public final class StormFigures {
  private final Map<Traffic, TrafficFigures> figures = new EnumMap<>(Traffic.class);

  public StormFigures() {
    for (Traffic traffic : Traffic.values()) {
      figures.put(traffic, new TrafficFigures());
    }
  }

  public TrafficFigures of(Traffic traffic) {
    TrafficFigures found = figures.get(traffic);
    if (found == null) {
      throw new IllegalStateException("no figures of " + traffic);
    }
    return found;
  }

  /// Requests that were answered, each attempt; what informers heard is no request.
  public long requests() {
    return figures.values().stream().mapToLong(one -> one.attempts().count()).sum();
  }

  void add(StormFigures others) {
    figures.forEach((traffic, one) -> one.add(others.of(traffic)));
  }

  void write(DataOutput out) throws IOException {
    for (TrafficFigures one : figures.values()) {
      one.write(out);
    }
  }

  static StormFigures read(DataInput in) throws IOException {
    StormFigures read = new StormFigures();
    for (Traffic traffic : Traffic.values()) {
      read.figures.put(traffic, TrafficFigures.read(in));
    }
    return read;
  }
}
