package dev.pintle.etcd.fake;

import dev.pintle.member.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A hub with one stream, that says what it was asked and delivers what the test tells it to.
public final class FakeHub implements WatchHub {
  private static final long REVISION = 7;

  public final Map<Long, Spec> watchers = new TreeMap<>();
  public final Map<Long, Runnable> catchingUp = new TreeMap<>();
  public final List<Long> canceled = new ArrayList<>();
  public int progressRequests;
  public int resumes;
  public boolean closed;

  /// What is to be done in the order of the requests, once the test has it done; null to do it at once.
  public @Nullable List<LongConsumer> inOrder;

  private @Nullable Sink sink;

  public boolean deliver(Notice... notices) {
    if (sink == null) {
      throw new AssertionError("no stream is open");
    }
    return sink.accept(List.of(notices));
  }

  @Override
  public Stream open(Sink newSink) {
    sink = newSink;
    return new Stream() {
      @Override
      public void create(long id, Spec spec, Runnable caughtUp) {
        watchers.put(id, spec);
        catchingUp.put(id, caughtUp);
      }

      @Override
      public void cancel(long id) {
        canceled.add(id);
      }

      @Override
      public void requestProgress() {
        progressRequests++;
      }

      @Override
      public void inOrder(LongConsumer action) {
        if (inOrder == null) {
          action.accept(REVISION);
        } else {
          inOrder.add(action);
        }
      }

      @Override
      public void resume() {
        resumes++;
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }
}
